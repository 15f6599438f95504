package org.peal.config;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * A scanner that takes tabs only where PyYAML does: in quotes, in block scalars and in comments.
 * For one text, one thread.
 */
final class PythonScanner implements Scanner {

  private final Scanner scanner;
  private final int[] text;

  /** Up to where there is no tab out of place. */
  private int checked;

  /** Makes one of another one, which reads this text. */
  PythonScanner(String text, Scanner scanner) {
    this.scanner = scanner;
    this.text = text.indexOf('\t') < 0 ? new int[0] : text.codePoints().toArray();
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    return scanner.checkToken(choices);
  }

  @Override
  public Token peekToken() {
    return scanner.peekToken();
  }

  @Override
  public Token getToken() {
    Token token = scanner.getToken();
    if (token != null && text.length > 0) {
      check(token);
    }
    return token;
  }

  private void check(Token token) {
    int start = token.getStartMark().getIndex();
    int end = token.getEndMark().getIndex();
    boolean isFree = token instanceof ScalarToken scalar && scalar.getStyle() != ScalarStyle.PLAIN;
    boolean isComment = false;
    int until = isFree ? start : end;
    for (int at = checked; at < until; at++) {
      isComment = text[at] == '#' && at < start || isComment && text[at] != '\n';
      if (text[at] == '\t' && !isComment) {
        throw new ScannerException(null, null, "a tab may only stand in quotes", mark(at));
      }
    }
    checked = Math.max(checked, end);
  }

  private Mark mark(int index) {
    int line = 0;
    int begin = 0;
    for (int at = 0; at < index; at++) {
      if (text[at] == '\n') {
        line++;
        begin = at + 1;
      }
    }
    return new Mark("", index, line, index - begin, text, index);
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }
}
