package org.peal.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payloads in a file, so that all processes of a run send the same. Stateless. */
final class FrameFile {

  private FrameFile() {}

  static void write(Path file, List<byte[]> frames) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(frames.size());
      for (byte[] frame : frames) {
        out.writeInt(frame.length);
        out.write(frame);
      }
    }
  }

  static List<byte[]> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      List<byte[]> frames = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        frames.add(in.readNBytes(in.readInt()));
      }
      return frames;
    }
  }
}
