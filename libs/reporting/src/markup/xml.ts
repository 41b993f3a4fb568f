/**
 * Text as XML 1.0 takes it: marked up characters are named, and what no XML document may hold (control characters, halves of
 * surrogate pairs) becomes the replacement character.
 */
const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export const xmlText = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>]/g, (one) => NAMED[one] ?? one);

export const xmlAttribute = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"\n\r\t]/g, (one) => NAMED[one] ?? one);
