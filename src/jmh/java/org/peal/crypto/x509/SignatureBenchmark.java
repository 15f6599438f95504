package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.peal.bench.BenchKeys;
import org.peal.bench.Lab;
import org.peal.bench.SampleMessages;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Signer;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;

/**
 * Signing and verifying a message of 1 KB, beside the arithmetic alone, on one thread: {@code mvn
 * -Pbench test-compile exec:exec -Djmh="SignatureBenchmark"}; add {@code -t max} for all cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignatureBenchmark {

  /** Who does the arithmetic. */
  @Param({"FAST", "JDK"})
  public String provider;

  /** The kind of the keys. */
  @Param({"RSA", "ED25519", "P256"})
  public KeyKind keyType;

  private Path folder;
  private CryptoProvider engine;
  private Signer signer;
  private Verifier verifier;
  private ObjectNode unsigned;
  private byte[] text;
  private byte[] signed;
  private byte[] signature;
  private PrivateKey privateKey;
  private PublicKey publicKey;

  /** Makes keys and messages. */
  @Setup
  public void prepare() throws IOException, GeneralSecurityException {
    folder = Files.createTempDirectory("peal-jmh-");
    BenchKeys keys = BenchKeys.create(folder, keyType);
    engine = provider.equals("FAST") ? CryptoProvider.FAST : CryptoProvider.JDK;
    signer = keys.signer(engine);
    verifier = keys.verifier(engine);
    unsigned = SampleMessages.trees(1).get(0);
    text = CanonicalJson.write(unsigned);
    signed = CanonicalJson.write(signer.sign(unsigned));
    KeyPair pair = keyType.newKeys(2048);
    privateKey =
        (PrivateKey) engine.keyFactory(keyType.keyAlgorithm()).translateKey(pair.getPrivate());
    publicKey =
        (PublicKey) engine.keyFactory(keyType.keyAlgorithm()).translateKey(pair.getPublic());
    signature = signBare();
  }

  /** Removes the keys. */
  @TearDown
  public void remove() {
    Lab.delete(folder);
  }

  /** Ours: canonical text, signature, both fields. */
  @Benchmark
  public ObjectNode sign() {
    return signer.sign(unsigned);
  }

  /** The limit: the same text, signed as such a key does. */
  @Benchmark
  public byte[] signBare() throws GeneralSecurityException {
    Signature bare = engine.signature(keyType.signatureAlgorithm());
    bare.initSign(privateKey);
    bare.update(text);
    return bare.sign();
  }

  /** Ours: parse, certificate, canonical text, signature, topic. */
  @Benchmark
  public Verified verify() {
    return verifier.verify(signed, SampleMessages.topicFrame());
  }

  /** The limit: the same text, verified as such a key does. */
  @Benchmark
  public boolean verifyBare() throws GeneralSecurityException {
    Signature bare = engine.signature(keyType.signatureAlgorithm());
    bare.initVerify(publicKey);
    bare.update(text);
    return bare.verify(signature);
  }
}
