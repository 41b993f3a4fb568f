/** whole-host: a machine with several subsystems under teardown at once. What it is composed of is in parts.ts. */
import type { Scenario } from '@lastref/authoring';
import { host } from './parts.js';

export const wholeHost: Scenario = {
  name: 'whole-host',
  title: 'reboot -f of a host whose subsystems all go away at once',
  switches: {},
  variants: {
    buggy: { title: 'every subsystem with its bug', switches: [], cases: host('buggy') },
    fixed: { title: 'every subsystem with its fix', switches: [], cases: host('fixed') },
  },
};
