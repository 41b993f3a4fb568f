/** Every bound of access that is not in the configuration or the contracts. */

export const MINUTE_SECONDS = 60;

/** When somebody whose day is used up may ask again: counts go back little by little. */
export const QUOTA_RETRY_SECONDS = 3_600;

/** Length of what an audit entry says of a path or of what was made. */
export const LONGEST_SUBJECT = 300;
