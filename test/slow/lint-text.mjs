// Lints one text as if it stood at a path, with the import rules only: node lint-text.mjs <path> <text>. Prints messages.
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const [path = '', text = ''] = process.argv.slice(2);
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const [result] = await eslint.lintText(text, { filePath: path });
const found = (result?.messages ?? []).filter(({ ruleId }) => ruleId?.startsWith('no-restricted-'));
console.log(JSON.stringify(found.map(({ message }) => message)));
