package org.peal.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a key of fedmsg's configuration has no counterpart. Stateless. */
final class FedmsgKeys {

  private static final String SOCKETS = "Peal keeps its links alive by itself";
  private static final String NO_SLEEP = "Peal waits for a subscription instead of sleeping";
  private static final String NO_CACHE = "has no effect in fedmsg either; Peal fetches by the hour";
  private static final String HUB = "for the Python hub and its plug-ins";
  private static final String GPG = "set crypto.gpg.keyring and crypto.gpg.secret-key by hand";
  private static final String LOGGING = "Peal logs to standard error; the service manager keeps it";

  private static final Map<String, String> REASONS = new LinkedHashMap<>();

  static {
    because("there is one loop for all sockets", "io_threads");
    because(NO_SLEEP, "post_init_sleep");
    because("a time-out is an option of the command that needs it", "timeout");
    because(SOCKETS, "zmq_strict", "zmq_tcp_keepalive", "zmq_tcp_keepalive_cnt");
    because(SOCKETS, "zmq_tcp_keepalive_idle", "zmq_tcp_keepalive_intvl");
    because(SOCKETS, "zmq_reconnect_ivl", "zmq_reconnect_ivl_max");
    because("ZeroMQ is what Peal speaks", "zmq_enabled");
    because("peal logger connects to the relay, with --bind it listens", "active", "mute");
    because(NO_CACHE, "ca_cert_cache", "ca_cert_cache_expiry", "crl_cache", "crl_cache_expiry");
    because("keys are found by crypto.certnames and the host's name", "certname", "name");
    because(GPG, "gpg_home", "gpg_signing_key", "gpg_keys");
    because("Peal's store is configured in its own section", "persistent_store");
    because("give --datagrepper-url to peal dg-replay", "datagrepper_url");
    because("a subscriber of Peal keeps no such file", "status_directory", "skip_last_message");
    because("an option of the command", "topic", "print_config", "config_filename");
    because(LOGGING, "logging");
    because("Peal has no IRC bot", "irc", "irc_color_lookup", "irc_default_color", "irc_method");
  }

  /** For families of keys, by what they begin with. */
  private static final Map<String, String> FAMILIES =
      Map.of(
          "moksha.", HUB,
          "fedmsg.consumers.", HUB,
          "stomp_", "Peal does not speak STOMP",
          "tweet", "fedmsg-tweet was removed from fedmsg itself",
          "fedmsg.", HUB);

  private FedmsgKeys() {}

  private static void because(String reason, String... keys) {
    List.of(keys).forEach(key -> REASONS.put(key, reason));
  }

  /** Returns why a key is not carried over, as the end of a sentence. */
  static String whyNot(String key) {
    return REASONS.getOrDefault(
        key,
        FAMILIES.entrySet().stream()
            .filter(family -> key.startsWith(family.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("no key of fedmsg itself: another program's"));
  }
}
