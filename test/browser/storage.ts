/**
 * As S3 takes a posted form: keeps the file, then sends the browser back.
 * @param arrive told of the file a moment later, as storage does it
 */
export const takeFile = async (
  request: Request,
  arrive: (key: string, bytes: Uint8Array) => Promise<unknown>,
  milliseconds = 0,
): Promise<Response> => {
  const form = await request.formData();
  const file = form.get('file');
  if (!(file instanceof File)) return new Response('No file', { status: 400 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const key = textOf(form, 'key');
  if (milliseconds === 0) await arrive(key, bytes);
  else setTimeout(() => void arrive(key, bytes), milliseconds);
  return new Response(null, { status: 303, headers: { location: textOf(form, 'success_action_redirect') } });
};

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
