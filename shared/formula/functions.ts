/*
 * The functions of formulas: what they take and what comes of it. The page, the API and README.md tell the same table.
 */

type FunctionName =
  | 'count'
  | 'sum'
  | 'avg'
  | 'wavg'
  | 'median'
  | 'min'
  | 'max'
  | 'spread'
  | 'var'
  | 'stddev'
  | 'any'
  | 'all'
  | 'abs'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'sqrt'
  | 'if'
  | 'coalesce'
  | 'has';

export type FunctionRule = {
  name: FunctionName;
  least: number;
  most: number;
  /** `gathers` makes one value of those of all who judged; `each` works on each value by itself. */
  works: 'gathers' | 'each';
  /** What it takes; `alike` is all of one kind, `condition` a yes or no and then two alike. */
  takes: 'number' | 'truth' | 'any' | 'alike' | 'condition';
  gives: 'number' | 'truth' | 'the-same';
  /** As the table shows it. */
  example: string;
};

const gathers = (name: FunctionName, example = `${name}(x)`): FunctionRule => ({
  name,
  least: 1,
  most: 1,
  works: 'gathers',
  takes: 'number',
  gives: 'number',
  example,
});

const each = (name: FunctionName, rule: Partial<FunctionRule> = {}): FunctionRule => ({
  name,
  least: 1,
  most: 1,
  works: 'each',
  takes: 'number',
  gives: 'number',
  example: `${name}(x)`,
  ...rule,
});

/** Of `min` and `max` with several values, each is compared with the others. */
export const functions: readonly FunctionRule[] = [
  { ...gathers('count', 'count(x < 3)'), takes: 'any' },
  gathers('sum'),
  gathers('avg'),
  { ...gathers('wavg', 'wavg(x, y)'), least: 2, most: 2 },
  gathers('median'),
  gathers('min'),
  gathers('max'),
  gathers('spread'),
  gathers('var'),
  gathers('stddev'),
  { ...gathers('any', 'any(x < 3)'), takes: 'truth', gives: 'truth' },
  { ...gathers('all', 'all(x >= 3)'), takes: 'truth', gives: 'truth' },
  each('min', { least: 2, most: 20, example: 'min(x, y)' }),
  each('max', { least: 2, most: 20, example: 'max(x, y)' }),
  each('abs'),
  each('round', { most: 2, example: 'round(x, 1)' }),
  each('floor'),
  each('ceil'),
  each('sqrt'),
  each('if', { least: 3, most: 3, takes: 'condition', gives: 'the-same', example: 'if(x > y, x, 0)' }),
  each('coalesce', { least: 2, most: 20, takes: 'alike', gives: 'the-same', example: 'coalesce(x, y)' }),
  each('has', { takes: 'any', gives: 'truth' }),
];

/** The rule of a function with so many arguments; else the one of its name, whose numbers they do not fit. */
export const functionOf = (name: string, given: number): FunctionRule | undefined => {
  const named = functions.filter((one) => one.name === name);
  return named.find(({ least, most }) => given >= least && given <= most) ?? named[0];
};
