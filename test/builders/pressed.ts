type Asking<Answer> = {
  get: (path: string) => Promise<Answer>;
  post: (path: string, form: Record<string, string>) => Promise<{ location: string }>;
};

/** Presses a button and follows to the page that it leads to, as browsers do. */
export const pressed = async <Answer>(
  { get, post }: Asking<Answer>,
  path: string,
  form: Record<string, string> = {},
): Promise<Answer> => await get((await post(path, form)).location);
