/** The state graph around a run, as data: the states that it goes through, and those a few steps beside them. */

/** What can still come of a state, over all that may happen from there on. */
export interface Outlook {
  /** A run that shows what the reproduction is about. */
  readonly fails: boolean;
  /** A run that ends, or fails, in another way. */
  readonly passes: boolean;
  /** All that may follow was searched; what is false above is then known to be false. */
  readonly known: boolean;
}

export interface NearState extends Outlook {
  /** Its place in `states`. */
  readonly id: number;
  /** How many steps of the run have been taken here; absent beside the run. */
  readonly onRun?: number;
  /** Steps from the nearest state of the run. */
  readonly distance: number;
  /** Steps lead on from here that are not shown. */
  readonly cut: boolean;
  /** How a run ends here: clean, outside, or the signature of how it fails. */
  readonly end?: string;
}

export interface NearStep {
  readonly from: number;
  /** A state; null where the run fails. */
  readonly to: number | null;
  readonly task: number;
  readonly text: string;
  readonly fault: boolean;
  /** The number of the step of the run that it is. */
  readonly n?: number;
  /** Of a step that fails. */
  readonly signature?: string;
}

export interface Surroundings {
  /** What failing means here; null: any failure. */
  readonly signature: string | null;
  /** Steps beside the run that are shown. */
  readonly radius: number;
  readonly states: readonly NearState[];
  readonly steps: readonly NearStep[];
  /** States that were searched for what may follow. */
  readonly searched: number;
}
