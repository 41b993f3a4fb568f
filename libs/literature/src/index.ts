/**
 * @lastref/literature: small programs that published tools were measured on, each with its bug and mended, to see how many
 * schedules it takes to meet the bug. Written anew after the code of the suites; a header says which. Pure; imports only authoring.
 */
export type { Exhibit, Variant } from './exhibit.js';
export { EXHIBITS, literature } from './room.js';
