// The Step Functions API, as any SDK calls it: AWS JSON 1.0, signed with SigV4 or a bearer token where the orchestrator asks for it.

const KEY = "millrace-credentials";
const SIGN_IN = new Set([
  "MissingAuthenticationTokenException", "UnrecognizedClientException", "InvalidSignatureException",
  "IncompleteSignatureException", "ExpiredTokenException", "AccessDeniedException",
]);

export class ApiError extends Error {
  constructor(operation, type, message) {
    super(`${operation}: ${type}${message ? `: ${message}` : ""}`);
    this.type = type;
  }

  get wantsCredentials() {
    return SIGN_IN.has(this.type);
  }
}

/** Credentials live as long as the browser's tab. */
export const credentials = {
  get: () => JSON.parse(sessionStorage.getItem(KEY) ?? "null"),
  set: value => sessionStorage.setItem(KEY, JSON.stringify(value)),
  clear: () => sessionStorage.removeItem(KEY),
};

export async function call(operation, request = {}) {
  const body = JSON.stringify(request);
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `AWSStepFunctions.${operation}`,
  };
  const known = credentials.get();
  if (known?.token) {
    headers.authorization = `Bearer ${known.token}`;
  } else if (known) {
    Object.assign(headers, await signature(known, headers, body));
  }
  const response = await fetch("/", { method: "POST", headers, body }).catch(() => {
    throw Object.assign(new Error("The orchestrator does not answer; it is asked again."), { isAway: true });
  });
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = { message: text };
  }
  if (!response.ok) {
    const type = String(answer.__type ?? `HTTP ${response.status}`).split("#").pop();
    throw new ApiError(operation, type, answer.message ?? answer.Message ?? "");
  }
  return answer;
}

/** All pages of a list, up to a number of items. */
export async function all(operation, field, request, most = 25_000) {
  const items = [];
  let nextToken;
  do {
    const page = await call(operation, nextToken ? { ...request, nextToken } : request);
    items.push(...page[field]);
    nextToken = page.nextToken;
  } while (nextToken && items.length < most);
  return items;
}

// Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
async function signature(known, signed, body) {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/${known.region}/states/aws4_request`;
  const headers = { ...signed, host: location.host, "x-amz-date": time };
  if (known.sessionToken) {
    headers["x-amz-security-token"] = known.sessionToken;
  }
  const names = Object.keys(headers).sort();
  const canonical = ["POST", "/", "", ...names.map(name => `${name}:${headers[name]}`), "", names.join(";"), await sha256(body)];
  const text = ["AWS4-HMAC-SHA256", time, scope, await sha256(canonical.join("\n"))].join("\n");
  let key = new TextEncoder().encode(`AWS4${known.secretAccessKey}`);
  for (const part of scope.split("/")) {
    key = await hmac(key, part);
  }
  delete headers.host;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${known.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${hex(await hmac(key, text))}`,
  };
}

const hex = bytes => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");

const sha256 = async text => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

async function hmac(key, text) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text));
}
