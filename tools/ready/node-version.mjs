// Says in one line that Node is too old. Written in old syntax, or an old Node would fail on the syntax instead.
import { readFileSync } from 'fs';

export function requireNodeVersion() {
  const manifest = new URL('../../package.json', import.meta.url);
  const wanted = JSON.parse(readFileSync(manifest, 'utf8')).engines.node.replace('>=', '');
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

export function isOlder(version, wanted) {
  const left = version.split('.').map(Number);
  const right = wanted.split('.').map(Number);
  for (let i = 0; i < right.length; i += 1) {
    if (left[i] !== right[i]) return left[i] < right[i];
  }
  return false;
}
