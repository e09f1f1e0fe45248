// Writes split_mix_64.tsv: seed and the first four numbers, from the JDK's own SplitMix64.
// java SplitMix64.java > split_mix_64.tsv
import java.util.SplittableRandom;

public class SplitMix64 {
  public static void main(String[] arguments) {
    for (long seed : new long[] {0, 1, 1234567, -1, Long.MIN_VALUE, 0x9E3779B97F4A7C15L}) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder line = new StringBuilder(Long.toUnsignedString(seed));
      for (int i = 0; i < 4; i++) line.append('\t').append(Long.toUnsignedString(random.nextLong()));
      System.out.println(line);
    }
  }
}
