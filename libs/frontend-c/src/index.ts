/**
 * @lastref/frontend-c: restricted kernel C to programs. Pure and synchronous; imports only the kernel and authoring. What is
 * not known is told, never guessed.
 */
export { notesText, type Note, type NoteKind } from './lower/notes.js';
export { readModel, type CompiledCase, type Reading } from './model.js';
export { diagnosticText, type Diagnostic } from './text/diagnostics.js';
export type { ReadFile } from './pp/preprocess.js';
export type { At } from './text/position.js';
