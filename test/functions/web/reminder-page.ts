import { parse } from 'node-html-parser';
import type { Seat } from '#test/builders/committee-site.ts';

/** Presses what the page shows, as the page says it. */
export const press = async (desk: Seat, page: string) => {
  const form = parse((await desk.get(page)).text).querySelector('main form');
  const fields = form?.querySelectorAll('input') ?? [];
  const typed = Object.fromEntries(
    fields.map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']),
  );
  return { typed, again: () => desk.post(page, typed), answer: await desk.post(page, typed) };
};
