// Ranks of samples. Must not know what was measured.

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The value that a share of the values does not exceed. */
export const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? NaN;
