import type { CodedItem } from '#functions/commands/claim-items.ts';
import { Part } from '#shared/replay/supposition.ts';

/** Points that a form or an address changes, each in a field of its own name (`itemPlace`); an empty one is none. What is no number no scale has. */
export const itemsIn = (fields: Readonly<Record<string, string>>): CodedItem[] =>
  Object.entries(fields).flatMap(([name, text]): CodedItem[] => {
    const [kind, about, criterion, rater] = name.split('.');
    const part = Part.safeParse(about);
    const typed = text.trim().replace(',', '.');
    if (kind !== 'item' || !part.success || !criterion || !rater || typed === '') return [];
    const points = /^-?\d{1,3}(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
    return [{ part: part.data, criterion, points, ...(rater !== 'marks' && { rater }) }];
  });

/** The same in one text: `scoring.essay.R3:4,scoring.test.marks:71.5`. What names no points stays in it, as points that nobody was given. */
export const itemsInText = (text: string): CodedItem[] =>
  text.split(',').flatMap((one): CodedItem[] => {
    const [name = '', points = ''] = one.split(':');
    const read = itemsIn({ [`item.${name.trim()}`]: points });
    return read.length > 0 ? read : [{ part: 'scoring', criterion: name.trim(), points: Number.NaN }];
  });
