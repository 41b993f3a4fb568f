// Says in one line that Node is too old. Written in old syntax, or an old Node would fail on the syntax instead.
import { fileURLToPath } from 'url';
import { readJson } from '../json.mjs';

export function requireNodeVersion() {
  const manifest = new URL('../../package.json', import.meta.url);
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    readJson(fileURLToPath(manifest))
  );
  const wanted = engines.node.replace('>=', '');
  if (isOlder(process.versions.node, wanted)) {
    console.error(
      'Lastref needs Node ' +
        wanted +
        ' or newer; this is ' +
        process.versions.node +
        ' (' +
        process.execPath +
        ').',
    );
    process.exit(3);
  }
}

/** @param {string} version @param {string} wanted */
export function isOlder(version, wanted) {
  const left = version.split('.').map(Number);
  const right = wanted.split('.').map(Number);
  for (let i = 0; i < right.length; i += 1) {
    const difference = (left[i] || 0) - (right[i] || 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
