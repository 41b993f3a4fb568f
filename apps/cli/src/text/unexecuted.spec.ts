import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { unexecutedOf, type UnexecutedCode } from './unexecuted.js';

const inFunction = (address: string, name: string): UnexecutedCode[] => {
  const program = compileAddress(address);
  const lines = unexecutedOf(program, prove(program).unexecuted);
  return lines.filter((line) => line.function === name);
};

describe('code that no run executes', () => {
  it('is named by its line', () => {
    expect(inFunction('nbd/buggy/main', 'nbd_alloc_config')).toContainEqual({
      what: 'branch',
      exit: 'false',
      function: 'nbd_alloc_config',
      file: 'drivers/block/nbd.c',
      text: 'try_module_get(nbd)',
    });
  });

  it('is not a line that some inlined copy of its function executes', () => {
    expect(inFunction('nbd/fixed/disconnect-against-open', 'del_gendisk')).toEqual([]);
    const puts = inFunction('nbd/fixed/disconnect-against-open', 'nbd_put');
    expect(puts.filter(({ what }) => what === 'step')).toEqual([]);
  });
});
