package org.peal.doctor;

/** Can the configuration be read? */
final class ConfigurationCheck implements Check {

  @Override
  public String what() {
    return "configuration";
  }

  @Override
  public boolean needsConfiguration() {
    return false;
  }

  @Override
  public void look(Patient patient, Findings findings) {
    patient
        .problems()
        .forEach(
            problem ->
                findings.fail(
                    problem.toString(),
                    "mend this place (\"peal config explain KEY\" tells what a key may be);"
                        + " most other checks wait for that"));
    if (patient.problems().isEmpty()) {
      findings.ok(patient.files().isEmpty() ? "no file, all defaults" : "read " + patient.files());
    }
  }
}
