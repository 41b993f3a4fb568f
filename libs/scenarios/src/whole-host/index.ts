/** whole-host: a machine whose subsystems all go away at once. What it is composed of is in parts.ts. */
import { composed, parameter, type Scenario, type SizedCase } from '@lastref/authoring';
import { composition } from './parts.js';

const SIZES = {
  small: { ports: 1, devices: 1, sockets: 1 },
  medium: { ports: 2, devices: 2, sockets: 1 },
  large: { ports: 4, devices: 3, sockets: 2 },
} as const;

const sizes = (variant: string): Record<string, SizedCase> =>
  Object.fromEntries(
    Object.entries(SIZES).map(([size, params]) => {
      const { ports, devices, sockets } = params;
      const title = `reboot -f, ports: ${ports}, nbd devices: ${devices}, devmem sockets: ${sockets}`;
      return [size, composed(title, params, (param) => composition(variant, param))];
    }),
  );

export const wholeHost: Scenario = {
  name: 'whole-host',
  title: 'reboot -f of a host whose subsystems all go away at once',
  switches: {},
  params: {
    ports: parameter('ports of the mlx5 card, each with a reader', { min: 1, max: 4, default: 1 }),
    devices: parameter('nbd devices, each with an opener', { min: 1, max: 4, default: 1 }),
    sockets: parameter('sockets with device memory bound', { min: 1, max: 2, default: 1 }),
  },
  variants: {
    buggy: { title: 'every subsystem with its bug', switches: [], cases: sizes('buggy') },
    fixed: { title: 'every subsystem with its fix', switches: [], cases: sizes('fixed') },
  },
};
