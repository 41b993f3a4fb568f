/**
 * @lastref/judging: what an expectation says, and whether what a search or a sample found is that. For the command line and the
 * service alike. Pure.
 */
export { firstPattern, parseExpect, type Expect, type Pattern } from './expect.js';
export { cutDiffers, differences, surplusOf, type Found } from './judge.js';
export { judged, judgedLine, type Judged } from './judged.js';
export { bisect, type Question } from './bisect/bisect.js';
export {
  changeText,
  isComplete,
  rootCauses,
  type Bisection,
  type Change,
  type FailingSet,
  type MendingSet,
  type Reach,
  type RootCause,
} from './bisect/bisection.js';
export { behaviourOf, Lattice, type Searched } from './bisect/lattice.js';
export { compareRun, type ComparedRun, type ComparedVerdict } from './compare/compare-run.js';
export { follow, type Followed, type FollowResult } from './compare/follow.js';
export { placesOf, type Place } from './compare/places.js';
