import { signatureParts } from './signature-parts.js';

describe('signatureParts', () => {
  it('tells the waits of a deadlock apart', () => {
    expect(signatureParts('deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(m)')).toEqual({
      kind: 'deadlock',
      parts: [
        { name: 'del_gendisk', detail: 'gendisk.open_mutex' },
        { name: 'nbd_open', detail: 'm' },
      ],
    });
  });

  it('keeps a detail of several words whole', () => {
    expect(signatureParts('use-after-free@f(dev freed by g)').parts).toEqual([
      { name: 'f', detail: 'dev freed by g' },
    ]);
  });

  it('reads names without details', () => {
    expect(signatureParts('lock-order@a.x+b').parts).toEqual([{ name: 'a.x' }, { name: 'b' }]);
  });

  it('refuses what is no signature', () => {
    expect(() => signatureParts('nonsense')).toThrow('is not a signature');
  });
});
