// What is wrong, from whatever was thrown: its words, its code, and what a command that failed had printed.

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {unknown} error @returns {string | undefined} */
export function codeOf(error) {
  const coded = typeof error === 'object' && error !== null && 'code' in error;
  return coded ? String(error.code) : undefined;
}

/** Of a command: its standard error, else the message. @param {unknown} error */
export function outputOf(error) {
  const printed = typeof error === 'object' && error !== null && 'stderr' in error;
  return (printed && String(error.stderr)) || messageOf(error);
}

/** Passwords in addresses and access tokens cut out: drivers like to quote what they were given. @param {string} text */
export function withoutPasswords(text) {
  return text
    .replace(/(\b[a-z][a-z+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi, '$1:[redacted]@')
    .replace(/\blrt_[A-Za-z0-9_-]{43}/g, 'lrt_[redacted]');
}
