package org.peal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedRegexTest {

  private static final String HEARTBEAT_FREE = "^((?!_heartbeat).)*$";

  private static BoundedRegex regex(String expression) {
    return new BoundedRegex(Pattern.compile(expression));
  }

  @Test
  void find_expressionAnywhere_isFound() {
    assertThat(regex("b.t").find("org.x.bot")).contains(true);
    assertThat(regex("b.t").find("org.x.bat")).contains(true);
    assertThat(regex("^b").find("org.x.bat")).contains(false);
  }

  @Test
  void find_lookAheadOfTheOriginal_works() {
    assertThat(regex(HEARTBEAT_FREE).find("org.x.dev.a.b")).contains(true);
    assertThat(regex(HEARTBEAT_FREE).find("org.x.dev._heartbeat.b")).contains(false);
  }

  @Test
  void find_emptyExpression_findsEverything() {
    assertThat(regex("").find("")).contains(true);
  }

  @Test
  void find_catastrophicExpression_isGivenUp() {
    assertThat(regex("^(a+)+$").find("a".repeat(5000) + "b")).isEmpty();
    assertThat(regex("(.*a){25}x").find("a".repeat(200))).isEmpty();
  }

  @Test
  void find_subjectThatExhaustsTheStack_isGivenUp() {
    assertThat(regex("^(a|b)*$").find("ab".repeat(200_000))).isEmpty();
  }

  @Test
  void find_afterGivingUp_worksAgain() {
    BoundedRegex regex = regex("^(a+)+$");
    assertThat(regex.find("a".repeat(5000) + "b")).isEmpty();
    assertThat(regex.find("aaa")).contains(true);
  }

  @Test
  void search_found_tellsWhereAndWhat() {
    assertThat(regex("b(.)t").search("a bot"))
        .isInstanceOfSatisfying(
            BoundedRegex.Found.class,
            found -> {
              assertThat(found.match().start()).isEqualTo(2);
              assertThat(found.match().group(1)).isEqualTo("o");
            });
    assertThat(regex("b(.)t").search("a cat")).isInstanceOf(BoundedRegex.Absent.class);
  }

  @Test
  void search_deadlineOfItsOwn_isGivenUp() {
    BoundedRegex regex = new BoundedRegex(Pattern.compile("^(a+)+$"), Duration.ofMillis(1));
    assertThat(regex.search("a".repeat(5000) + "b")).isInstanceOf(BoundedRegex.GivenUp.class);
  }
}
