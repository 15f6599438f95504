package org.peal.service.koji;

import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/** Makes SPNEGO tokens by the JDK, from a keytab or from the ticket cache. Thread-safe. */
final class KerberosTokens implements NegotiateTokens {

  private static final String SPNEGO = "1.3.6.1.5.5.2";

  private final Login.Kerberos.@Nullable Key key;

  KerberosTokens(Login.Kerberos.@Nullable Key key) {
    this.key = key;
  }

  @Override
  public byte[] forHost(String host) {
    try {
      LoginContext login = new LoginContext("koji", new Subject(), null, new Modules());
      login.login();
      try {
        PrivilegedExceptionAction<byte[]> action = () -> token(host);
        return Subject.doAs(login.getSubject(), action);
      } finally {
        login.logout();
      }
    } catch (LoginException e) {
      throw KojiLoginException.withoutTicket(
          "no Kerberos ticket " + from() + ": " + e.getMessage(), e);
    } catch (PrivilegedActionException e) {
      Exception cause = e.getException();
      throw KojiLoginException.withoutTicket(
          "no Kerberos token for HTTP@" + host + ": " + cause.getMessage(), cause);
    }
  }

  private String from() {
    return key == null ? "in the ticket cache" : "for " + key.principal() + " by " + key.keytab();
  }

  private static byte[] token(String host) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    Oid mechanism = new Oid(SPNEGO);
    GSSContext context =
        manager.createContext(
            manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE),
            mechanism,
            manager.createCredential(
                null, GSSCredential.DEFAULT_LIFETIME, mechanism, GSSCredential.INITIATE_ONLY),
            GSSContext.DEFAULT_LIFETIME);
    try {
      // The answer of the server carries a token as well; TLS has told who it is.
      return context.initSecContext(new byte[0], 0, 0);
    } finally {
      context.dispose();
    }
  }

  /** The JAAS module of the JDK, set up without a file. */
  private final class Modules extends Configuration {

    private final AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            LoginModuleControlFlag.REQUIRED,
            options());

    private Map<String, String> options() {
      Map<String, String> options = new HashMap<>(Map.of("doNotPrompt", "true"));
      // Kerberos set up on the host changes while a node runs.
      options.put("refreshKrb5Config", "true");
      if (key == null) {
        options.put("useTicketCache", "true");
      } else {
        options.put("useKeyTab", "true");
        options.put("keyTab", key.keytab().toString());
        options.put("principal", key.principal());
        options.put("storeKey", "true");
      }
      return options;
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      return new AppConfigurationEntry[] {entry};
    }
  }
}
