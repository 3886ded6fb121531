import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReceivedCall } from './control/call-log.js';
import { deliver, deliverError, deliverHtml } from './deliver.js';
import { type Fault, FaultError, splitModel } from './faults/fault.js';
import { Line } from './line.js';
import type { Simulation } from './simulation.js';
import { type Asked, type Endpoint, Refusal, type Vendor } from './vendor.js';

export interface Visit {
  readonly simulation: Simulation;
  readonly vendor: Vendor;
  readonly request: IncomingMessage;
  /** Behind the vendor's prefix. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** The life of one call to a simulated provider: understand it, strike it with a fault or answer it, record the end. */
export async function serve(visit: Visit): Promise<void> {
  const { vendor, simulation } = visit;
  const record = simulation.settings.record ? openRecord(visit) : null;
  const line = new Line(visit.response, () =>
    note(visit, record, { aborted: true, abortedAt: new Date().toISOString() }),
  );
  try {
    const { endpoint, asked } = await understand(visit, record);
    if (await strikeBeforeAnswer(visit, asked.fault, line, record)) return;
    const answer = await endpoint.answer(asked);
    note(visit, record, { usage: answer.usage ?? null, status: 200 });
    const delivered = await deliver(answer, asked.fault, line, vendor.headers(), simulation.settings.tokenDelayMs);
    note(visit, record, delivered);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    deliverError(cause.answer, line, vendor.headers());
    note(visit, record, { outcome: 'refused', status: cause.answer.status });
  }
}

function openRecord({ simulation, vendor, request, body }: Visit): ReceivedCall {
  return simulation.calls.open({
    provider: vendor.name,
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: body.toString(),
  });
}

function note({ simulation }: Visit, record: ReceivedCall | null, facts: Partial<ReceivedCall>): void {
  if (record === null) return;
  Object.assign(record, facts, record.aborted || facts.aborted ? { outcome: 'aborted' } : {});
  simulation.calls.changed();
}

/** Finds the endpoint, checks the credential, parses the body, draws the fault. Throws Refusal with the vendor's error. */
async function understand(visit: Visit, record: ReceivedCall | null): Promise<{ endpoint: Endpoint; asked: Asked }> {
  const { simulation, vendor, request, path, query, body } = visit;
  const { memory } = simulation;
  const { method = '', url: target = '', headers } = request;
  const unauthorized = vendor.refuseCredential({ method, target, headers, query, body, memory });
  if (unauthorized !== null) throw new Refusal(unauthorized);

  const endpoint = vendor.endpoints.find(
    (candidate) => candidate.method === request.method && candidate.path.test(path),
  );
  if (endpoint === undefined)
    throw new Refusal(vendor.error(404, { message: `Unknown path (${request.method} ${path})` }));
  const captured = (endpoint.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
  const json = endpoint.body === 'json' ? parseJson(vendor, body) : undefined;
  const form = endpoint.body === 'form' ? await parseForm(visit) : undefined;

  const requested = endpoint.modelOf({ json, form, captured }) ?? '';
  const { model, suffix } = splitModel(requested);
  const fault = strike(visit, model, suffix);
  note(visit, record, { model: requested, fault });
  return { endpoint, asked: { headers, query, captured, json, form, model, fault, memory } };
}

function parseJson(vendor: Vendor, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal(vendor.error(400, { message: 'We could not parse the JSON body of your request.' }));
  }
}

async function parseForm({ vendor, request, body }: Visit): Promise<FormData> {
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    throw new Refusal(vendor.error(400, { message: 'Could not parse multipart form' }));
  }
}

function strike({ simulation, vendor }: Visit, model: string, suffix: string): Fault {
  try {
    return simulation.faults.strike(vendor.name, model, suffix);
  } catch (cause) {
    if (!(cause instanceof FaultError)) throw cause;
    throw new Refusal(vendor.error(400, { message: cause.message }));
  }
}

/** Whether the fault took the place of an answer. */
async function strikeBeforeAnswer(
  visit: Visit,
  fault: Fault,
  line: Line,
  record: ReceivedCall | null,
): Promise<boolean> {
  await line.pause(fault.slowHeadersMs ?? 0);
  if (fault.reset) {
    line.reset();
    note(visit, record, { outcome: 'reset' });
    return true;
  }
  if (fault.html) {
    const status = fault.status ?? 502;
    deliverHtml(status, line);
    note(visit, record, { outcome: 'failed', status });
    return true;
  }
  if (fault.status === undefined || fault.status < 400) return false;
  await line.pause(fault.delayMs ?? 0);
  deliverError(visit.vendor.error(fault.status, fault), line, visit.vendor.headers());
  note(visit, record, { outcome: 'failed', status: fault.status });
  return true;
}
