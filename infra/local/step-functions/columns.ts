/** Columns of our own rows, with the type that the schema gives them; anything else is a damaged file. */

type Row = Record<string, unknown>;

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new Error(`column ${column} holds no text`);
};

export const number = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new Error(`column ${column} holds no number`);
};

export const optionalText = (row: Row, column: string): string | undefined =>
  row[column] === null || row[column] === undefined ? undefined : text(row, column);

export const optionalNumber = (row: Row, column: string): number | undefined =>
  row[column] === null || row[column] === undefined ? undefined : number(row, column);
