/**
 * The largest smallest angle that anybody has found between so many points in 3 dimensions, in degrees; where it is missing, none is at hand.
 *
 * @see Sloane, Hardin & Smith, "Tables of spherical codes".
 */
export const bestKnownDegrees: Readonly<Record<number, number | undefined>> = {
  4: 109.4712206,
  5: 90,
  6: 90,
  7: 77.8695421,
  8: 74.8584922,
  9: 70.5287794,
  10: 66.146822,
  11: 63.4349488,
  12: 63.4349488,
  13: 57.1367031,
  15: 53.6578501,
  16: 52.2443957,
  18: 49.5566548,
  20: 47.4310362,
  22: 44.7401612,
  24: 43.6907671,
  25: 41.6344612,
  28: 39.3551436,
  30: 38.5971159,
  32: 37.475214,
  40: 33.1583563,
};
