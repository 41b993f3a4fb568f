#!/bin/sh
# The Prisma client and the compiled applications.
set -eu
cd "$(dirname "$0")/../.."
node tools/prisma.mjs generate
node_modules/.bin/tsc -b
