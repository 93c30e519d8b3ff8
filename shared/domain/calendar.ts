/** Working days as data (DOMAIN D7): the law names the holidays, and each year a decree moves some days off. */
export type WorkingCalendar = {
  holidays: readonly string[];
  /** `off` is free though it is a weekday; `worked`, when given, is worked though it is not. */
  transferred: readonly { off: string; worked?: string | undefined }[];
};

/** @param day YYYY-MM-DD */
export const isWorkingDay = (day: string, calendar: WorkingCalendar): boolean => {
  if (calendar.transferred.some(({ worked }) => worked === day)) return true;
  if (calendar.transferred.some(({ off }) => off === day)) return false;
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.includes(day);
};

/** The last of `count` working days that begin on the day after `day`. */
export const addWorkingDays = (day: string, count: number, calendar: WorkingCalendar): string => {
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = nextDay(reached);
    if (isWorkingDay(reached, calendar)) left -= 1;
  }
  return reached;
};

const nextDay = (day: string): string => {
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
};
