/** What a case may set: the traffic, the machine, how it goes down, and which checks of hardware are made. */
import { parameter } from '@lastref/authoring';

const SWITCH = { min: 0, max: 1 };
const off = (title: string) => parameter(title, { ...SWITCH, default: 0 });
const on = (title: string) => parameter(title, { ...SWITCH, default: 1 });

export const params = {
  packets: parameter('packets sent one after the other', { min: 1, max: 3, default: 1 }),
  ping: off('what is sent answers a ping, in softirq; 0: IPv6 reports, in process context'),
  'rx-refill': off('NAPI maps a page of the RX ring too'),
  'shared-group': off('a second device is in the group of the port'),
  'smmu-first': off('the SMMU is shut down before its consumers'),
  smmus: parameter('SMMUs; the last one has no consumers', { min: 1, max: 2, default: 1 }),
  forced: on('reboot -f; 0: init takes the network down first'),
  kexec: off('into another kernel: bus mastering is taken away'),
  'runtime-pm': parameter('0 none, 1 runtime PM of the SMMU, 2 where it cannot be woken', {
    min: 0,
    max: 2,
    default: 0,
  }),
  hardware: off('DMA and register accesses are checked'),
  'disable-bypass': on('the SMMU blocks a stream that it does not know; 0: lets it pass'),
};
