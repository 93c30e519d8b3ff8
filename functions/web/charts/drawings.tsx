import type { Spread } from '#functions/commands/score-charts.ts';

/*
 * Small drawings as SVG, made on the server: no script, no style, and everything that they show stands in the table beside them.
 */

/** One row of columns, a tenth of the scale each, as high as their share. */
export const Histogram = ({ spread, title }: { spread: Spread; title: string }) => {
  const highest = Math.max(1, ...spread.tenths);
  return (
    <svg viewBox="0 0 104 26" width="156" height="39" role="img" aria-label={title}>
      {spread.tenths.map((count, tenth) => {
        const height = (24 * count) / highest;
        return (
          <rect
            x={String(2 + tenth * 10)}
            y={String(24 - height)}
            width="9"
            height={String(height)}
            fill="#0b4f5c"
          />
        );
      })}
      <line x1="2" y1="24.5" x2="102" y2="24.5" stroke="#505a5f" stroke-width="1" />
      {spread.count > 0 && (
        <line
          x1={String(2 + spread.mean)}
          y1="0"
          x2={String(2 + spread.mean)}
          y2="26"
          stroke="#d4351c"
          stroke-width="1"
        />
      )}
    </svg>
  );
};

/** A bar as long as its part of the whole. */
export const Bar = ({ part, whole, title }: { part: number; whole: number; title: string }) => (
  <svg viewBox="0 0 104 10" width="156" height="15" role="img" aria-label={title}>
    <rect x="2" y="1" width="100" height="8" fill="#f3f2f1" />
    <rect x="2" y="1" width={String(whole === 0 ? 0 : (100 * part) / whole)} height="8" fill="#0b4f5c" />
  </svg>
);

/** A value with its interval on a scale. */
export const Range = ({
  value,
  low,
  high,
  ends: [least, most],
  title,
}: {
  value: number;
  low: number;
  high: number;
  ends: readonly [least: number, most: number];
  title: string;
}) => {
  const at = (point: number): string => {
    const part = (point - least) / (most - least || 1);
    return String(2 + 100 * Math.min(1, Math.max(0, part)));
  };
  return (
    <svg viewBox="0 0 104 10" width="156" height="15" role="img" aria-label={title}>
      <line x1="2" y1="5" x2="102" y2="5" stroke="#b1b4b6" stroke-width="0.5" />
      <line x1={at(low)} y1="5" x2={at(high)} y2="5" stroke="#0b4f5c" stroke-width="2" />
      <circle cx={at(value)} cy="5" r="2.5" fill="#0b4f5c" />
    </svg>
  );
};
