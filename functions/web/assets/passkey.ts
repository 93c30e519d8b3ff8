/**
 * Makes and shows passkeys, which browsers do only by script; and puts the token of an enrolment link, which is
 * behind the # so that no server logs it, into its field. Hand-written: the pages have no other script of ours here.
 */

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const textOf = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const withBytes = (listed: readonly { id: string }[] | undefined): PublicKeyCredentialDescriptor[] =>
  (listed ?? []).map(({ id }) => ({ id: bytesOf(id), type: 'public-key' }));

/** Browsers before 2024 read no JSON; what they need as bytes is turned by hand. */
const creationOptions = (json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions =>
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
    ? PublicKeyCredential.parseCreationOptionsFromJSON(json)
    : {
        rp: json.rp,
        user: { ...json.user, id: bytesOf(json.user.id) },
        challenge: bytesOf(json.challenge),
        pubKeyCredParams: json.pubKeyCredParams.map(({ alg }) => ({ alg, type: 'public-key' })),
        timeout: json.timeout ?? 300_000,
        excludeCredentials: withBytes(json.excludeCredentials),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
      };

const requestOptions = (json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions =>
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
    ? PublicKeyCredential.parseRequestOptionsFromJSON(json)
    : {
        challenge: bytesOf(json.challenge),
        timeout: json.timeout ?? 300_000,
        ...(json.rpId !== undefined && { rpId: json.rpId }),
        allowCredentials: withBytes(json.allowCredentials),
        userVerification: 'required',
      };

/** Only what the server reads, in the spelling of `toJSON`, which older browsers lack as well. */
const answerOf = (credential: PublicKeyCredential) => {
  const { response } = credential;
  const id = textOf(credential.rawId);
  const clientDataJSON = textOf(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    const attestationObject = textOf(response.attestationObject);
    const transports = response.getTransports();
    return { id, rawId: id, type: 'public-key', response: { clientDataJSON, attestationObject, transports } };
  }
  if (response instanceof AuthenticatorAssertionResponse) {
    const authenticatorData = textOf(response.authenticatorData);
    const signature = textOf(response.signature);
    return { id, rawId: id, type: 'public-key', response: { clientDataJSON, authenticatorData, signature } };
  }
  throw new TypeError('The browser answered with something else.');
};

const post = async (address: string, body: unknown): Promise<Response> => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response;
};

const askDevice = async (kind: string | undefined, options: Response): Promise<Credential | null> =>
  kind === 'create'
    ? await navigator.credentials.create({ publicKey: creationOptions(await options.json()) })
    : await navigator.credentials.get({ publicKey: requestOptions(await options.json()) });

const run = async ({ passkey, options = '', answer = '', next = '' }: DOMStringMap): Promise<string> => {
  try {
    const credential = await askDevice(passkey, await post(options, {}));
    if (!(credential instanceof PublicKeyCredential)) return 'cancelled';
    await post(answer, answerOf(credential));
    location.assign(next);
    return '';
  } catch (error) {
    return error instanceof DOMException ? 'cancelled' : 'refused';
  }
};

const show = (place: HTMLElement, trouble: string): void => {
  for (const line of place.querySelectorAll<HTMLElement>('[data-trouble]')) {
    line.hidden = line.dataset['trouble'] !== trouble;
  }
};

const press = async (place: HTMLElement, button: HTMLButtonElement): Promise<void> => {
  show(place, '');
  button.disabled = true;
  const trouble = await run(place.dataset);
  show(place, trouble);
  button.disabled = trouble === '';
};

for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
  const button = place.querySelector('button');
  place.hidden = false;
  if (!('PublicKeyCredential' in globalThis)) show(place, 'unsupported');
  button?.addEventListener('click', () => {
    void press(place, button);
  });
}

for (const form of document.querySelectorAll<HTMLElement>('[data-from-fragment]')) {
  const field = document.getElementById(form.dataset['fromFragment'] ?? '');
  if (field instanceof HTMLInputElement && location.hash.length > 1) {
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
  }
}
