/** A program's bytes and name: canonical JSON by RFC 8785, and the SHA-256 of those bytes in hex. */
import canonicalize from 'canonicalize';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { assert } from '../assert.js';
import type { Program } from './program.js';

/** RFC 8785 text of any JSON value. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  assert(text !== undefined, 'a value without JSON form has no canonical text');
  return text;
}

/** SHA-256 of a text's UTF-8 bytes, 64 hex digits. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The canonical text that is stored, sent and hashed. */
export const programJson = (program: Program): string => canonicalJson(program);

const digests = new WeakMap<Program, string>();

/** The program's name for ever: 64 hex digits. */
export function programDigest(program: Program): string {
  let digest = digests.get(program);
  if (digest === undefined) {
    digest = sha256Hex(programJson(program));
    digests.set(program, digest);
  }
  return digest;
}
