// What a history says of the states: one visit for each time that a state was entered.

/**
 * @param events in the order of their ids
 * @param ended whether the execution has ended
 * @returns {{visits: Visit[], taken: Set<string>}} visits, and the moves "from>to" that were made
 */
export function read(events, ended) {
  const visits = [];
  const taken = new Set();
  const owner = new Map(); // event id -> the visit that the event belongs to
  const within = new Map(); // event id -> the visit whose branch or iteration goes on after it

  const enclosing = event => within.get(event.previousEventId) ?? null;

  for (const event of events) {
    const before = owner.get(event.previousEventId);
    if (event.type.endsWith("StateEntered")) {
      const details = event.stateEnteredEventDetails;
      const begins = before && !before.left; // the first state of a branch, an iteration, or of all
      const parent = begins ? before : enclosing(event);
      const visit = {
        name: details.name, type: event.type.replace("StateEntered", ""), parent, entered: event.timestamp,
        input: details.input, events: [event], children: [], outcome: "running",
      };
      visits.push(visit);
      parent?.children.push(visit);
      if (before?.left) {
        before.followed = true;
      }
      taken.add(`${begins || !before ? "" : before.name}>${details.name}`);
      owner.set(event.id, visit);
      within.set(event.id, parent);
      continue;
    }
    let visit = before ?? null;
    if (event.type.endsWith("StateExited")) {
      const name = event.stateExitedEventDetails.name;
      while (visit && (visit.name !== name || visit.left)) {
        visit = visit.parent;
      }
      if (visit) {
        const details = event.stateExitedEventDetails;
        Object.assign(visit, { left: event.timestamp, output: details.output, assigned: details.assignedVariables });
        visit.outcome = visit.error ? "caught" : "succeeded";
      }
    } else if (visit?.left && /^(Parallel|Map)/.test(event.type)) {
      visit = visit.parent;
    }
    if (visit) {
      visit.events.push(event);
      note(visit, event);
    }
    owner.set(event.id, visit);
    within.set(event.id, visit?.left ? visit.parent : enclosing(event));
  }
  // What left and was followed by nothing has reached the end of its graph.
  visits.filter(visit => visit.output !== undefined && !visit.followed).forEach(visit => taken.add(`${visit.name}>`));
  if (ended) {
    visits.filter(visit => visit.outcome === "running").forEach(visit => (visit.outcome = "failed"));
    const last = events.at(-1);
    visits.filter(visit => visit.outcome === "failed").forEach(visit => (visit.left ??= last.timestamp));
    const origin = visits.findLast(visit => visit.outcome === "failed" && visit.children.every(child => child.outcome !== "failed"));
    if (origin && origin.error === undefined) {
      Object.assign(origin, { error: detailsOf(last)?.error, cause: detailsOf(last)?.cause });
    }
  }
  return { visits, taken };
}

function note(visit, event) {
  const details = detailsOf(event);
  if (details?.error !== undefined && !event.type.startsWith("Execution")) {
    visit.error = details.error;
    visit.cause = details.cause;
    visit.failures = (visit.failures ?? 0) + 1;
  }
  if (/Succeeded$/.test(event.type) && !event.type.startsWith("MapIteration")) {
    delete visit.error;
    delete visit.cause;
  }
  if (/^(Task|LambdaFunction|Activity)Scheduled$/.test(event.type)) {
    visit.attempts = (visit.attempts ?? 0) + 1;
  }
}

export function detailsOf(event) {
  const field = Object.keys(event).find(name => name.endsWith("EventDetails"));
  return field ? event[field] : undefined;
}

/** How a state looks, after all of its visits. */
export function outcomeOf(visits) {
  const outcomes = new Set(visits.map(visit => visit.outcome));
  return ["failed", "running", "caught", "succeeded"].find(outcome => outcomes.has(outcome)) ?? "";
}
