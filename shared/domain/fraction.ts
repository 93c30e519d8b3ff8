/** An exact quotient, so that no rank ever hangs on how a machine rounds. `under` is above zero. */
export type Fraction = { over: bigint; under: bigint };

/** Numbers in round files and scores have at most six decimals. */
const millionths = 1_000_000;

/** A number with at most six decimals, exactly. */
export const exactly = (value: number): Fraction => ({
  over: BigInt(Math.round(value * millionths)),
  under: BigInt(millionths),
});

export const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { ...b, over: -b.over });

export const times = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.over,
  under: a.under * b.under,
});

/** @throws RangeError when `b` is zero */
export const dividedBy = (a: Fraction, b: Fraction): Fraction => {
  if (b.over === 0n) throw new RangeError('A fraction cannot be divided by zero.');
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
};

/** Percent of a scale as it is stored and compared: four decimals, a half going to the even neighbour. */
export const roundedPercent = ({ over, under }: Fraction): number => {
  const scaled = (over < 0n ? -over : over) * 10_000n;
  const whole = scaled / under;
  const twice = 2n * (scaled % under);
  const up = twice > under || (twice === under && whole % 2n === 1n);
  return ((over < 0n ? -1 : 1) * Number(up ? whole + 1n : whole)) / 10_000;
};
