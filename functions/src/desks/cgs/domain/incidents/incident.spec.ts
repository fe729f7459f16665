import { expect } from 'chai';
import {
  admin,
  foc,
  freeze,
  minute,
  noc,
  nocEast,
  uuid,
} from '../../../../../test/desks/cgs/fixtures.ts';
import { INCIDENT_TEXTS } from '../../notices/incident-texts.ts';
import { incidentNoticesOf } from './notices.ts';
import {
  beginOpening,
  closeIncident,
  editIncident,
  type IncidentDecision,
  noteIncident,
  openIncident,
} from './incident.ts';
import { type Incident, incidentSchema } from './schemas.ts';
import { advanced, closed, isOpening, MOST_UNREADABLE } from './work.ts';

const note = (remark: string) => ({ remark, mediaUrl: null });
const part = { kind: 'Splitter', id: 'sp-1', name: 'PALLADIUM' } as const;
const asked = {
  title: 'Backbone cut',
  region: undefined,
  networkSegment: 'Backbone',
  part,
  expectedEndAt: minute(240),
  remark: null,
} as const;

const opened = (by = noc): Incident => {
  const opening = openIncident(asked, by, { now: minute(0), newId: uuid(1) });
  if (!opening.ok) throw new Error(opening.refusal);
  return freeze(incidentSchema.strict().parse(opening.incident('INC-202611-0001')));
};

const after = (incident: Incident, decision: IncidentDecision): Incident => {
  if (!decision.ok) throw new Error(decision.refusal);
  return freeze(incidentSchema.strict().parse({ ...incident, ...decision.patch }));
};

const common = { type: 'Trouble', source: 'Phone', indicationCategory: 'FiberCut' } as const;
const start = { ...common, part, clients: 70 };
const end = { remark: 'Spliced.', tickets: 'close' } as const;
const opening = after(opened(), beginOpening(start, opened(), noc, minute(1)));
const closing = after(opening, closeIncident(end, opening, noc, minute(9)));

describe('an incident', () => {
  it('is of the region of the NOC who opens it', () => {
    expect(opened()).to.deep.include({ region: 'West', status: 'Open', isActive: true });
  });

  it('takes a change from its office only', () => {
    const incident = opened();
    expect(editIncident({}, incident, nocEast, minute(1))).to.include({
      refusal: 'incident/not-found',
    });
    expect(editIncident({}, incident, admin, minute(1)).ok).to.equal(true);
  });

  it('never says that it changed earlier than before, though a clock lags', () => {
    const noted = after(opened(), noteIncident(note('Splicing.'), opened(), noc, minute(5)));
    const edited = after(noted, editIncident({ title: 'Cut' }, noted, noc, minute(4)));
    expect(edited.updatedAt).to.deep.equal(minute(5));
  });

  it('takes notes with photos until they are too large for a document', () => {
    const long = {
      remark: '€'.repeat(2000),
      mediaUrl: `https://media.example/${'€'.repeat(2000)}`,
    };
    const versions = [opened()];
    for (const incident of versions) {
      const decision = noteIncident(long, incident, noc, minute(1));
      if (decision.ok) versions.push(after(incident, decision));
      else expect(decision.refusal).to.equal('incident/notes-full');
    }
    const { notes = [] } = versions.at(-1) ?? {};
    expect(notes.at(-1)).to.deep.include(long);
    expect(JSON.stringify(notes).length).to.be.within(200_000, 900_000);
  });

  it('takes no change while it is being closed, nor afterwards', () => {
    const over = { ...closing, ...closed(closing) };
    for (const incident of [closing, over]) {
      for (const decision of [
        editIncident({ title: 'Again' }, incident, noc, minute(10)),
        noteIncident(note('Again.'), incident, noc, minute(10)),
        beginOpening(start, incident, noc, minute(10)),
        closeIncident(end, incident, noc, minute(10)),
      ]) {
        expect(decision).to.include({ ok: false, refusal: 'incident/closed' });
      }
    }
  });

  it('opens its tickets in the segment that is down, unless the request names one', () => {
    const segmentOf = (networkSegment?: 'Fishbone') => {
      const decision = beginOpening({ ...start, networkSegment }, opened(), noc, minute(1));
      return after(opened(), decision).opening?.request.networkSegment;
    };
    expect(segmentOf()).to.equal('Backbone');
    expect(segmentOf('Fishbone')).to.equal('Fishbone');
  });

  it('counts the clients that it has reached, and has no work when none is left', () => {
    const page = { opened: 27, skipped: 2, unreadable: ['client-7'], isLast: false };
    const half = {
      ...opening,
      ...advanced(opening, { ...page, after: 'client-30' }, minute(2)),
    };
    expect(half.opening).to.deep.include({ opened: 27, skipped: 2, after: 'client-30' });
    expect(half.opening?.unreadable).to.deep.equal({ count: 1, clients: ['client-7'] });
    expect(half.hasWork).to.equal(true);
    const last = { after: undefined, opened: 0, skipped: 0, unreadable: [], isLast: true };
    const done = { ...half, ...advanced(half, last, minute(3)) };
    expect(done.opening).to.deep.include({ after: 'client-30', endedAt: minute(3) });
    expect(done.hasWork).to.equal(false);
  });

  it('names the first of the clients whose records it can not read, and counts all', () => {
    const ids = Array.from({ length: MOST_UNREADABLE }, (_, n) => `client-${n}`);
    const page = { after: 'z', opened: 0, skipped: 0, unreadable: ids, isLast: false };
    const first = { ...opening, ...advanced(opening, page, minute(2)) };
    const second = { ...first, ...advanced(first, page, minute(3)) };
    const unreadable = { count: 2 * MOST_UNREADABLE, clients: ids };
    expect(second.opening).to.deep.include({ unreadable });
  });

  it('opens no more tickets once it is closed', () => {
    expect(isOpening(opening)).to.equal(true);
    expect(isOpening(closing)).to.equal(false);
    expect(closing).to.deep.include({ status: 'Closing', hasWork: true, closedAt: null });
  });

  it('is closed as of the moment at which somebody closed it', () => {
    expect(closed(closing)).to.deep.include({ status: 'Closed', closedAt: minute(9) });
    const left = after(
      opened(),
      closeIncident({ ...end, tickets: 'leave' }, opened(), noc, minute(9)),
    );
    expect(left).to.deep.include({ status: 'Closed', hasWork: false, closedAt: minute(9) });
  });
});

describe('the notices of an incident', () => {
  const kinds = (before: Incident | undefined, is: Incident) =>
    incidentNoticesOf(before && structuredClone(before), is).map(({ kind }) => kind);

  it('tell NOC and crews of its region of what a person did, once', () => {
    const noted = after(opened(), noteIncident(note('Splicing.'), opened(), noc, minute(1)));
    const moved = after(noted, editIncident({ expectedEndAt: null }, noted, noc, minute(2)));
    expect(kinds(undefined, opened())).to.deep.equal(['incidentOpened']);
    expect(kinds(opened(), noted)).to.deep.equal(['incidentNoted']);
    expect(kinds(noted, moved)).to.deep.equal(['incidentRescheduled']);
    expect(kinds(opening, closing)).to.deep.equal(['incidentClosed']);
    const [notice] = incidentNoticesOf(opened(), noted);
    expect(notice).to.deep.include({
      to: ['NOC', 'FOC', 'FOCSupervisor'].map((role) => ({ role, region: 'West' })),
    });
    expect(notice?.values.remark).to.equal('Splicing.');
    expect(notice?.to.some((each) => 'role' in each && each.role === foc.role)).to.equal(true);
  });

  it('say nothing of counts, of the work on its tickets, or of the end of a closing', () => {
    const counted = { ...opened(), tickets: { total: 40, open: 40, closed: 0 } };
    expect(kinds(opened(), counted)).to.deep.equal([]);
    expect(kinds(opened(), opening)).to.deep.equal([]);
    expect(kinds(closing, { ...closing, ...closed(closing) })).to.deep.equal([]);
    expect(incidentNoticesOf(opened(), undefined)).to.deep.equal([]);
  });

  it('name the incident and what is down in every language', () => {
    const [notice] = incidentNoticesOf(undefined, opened());
    if (notice === undefined) throw new Error('there is none');
    for (const text of Object.values(INCIDENT_TEXTS[notice.kind])) {
      expect(text(notice.values).body).to.equal('INC-202611-0001 · Backbone cut, PALLADIUM');
      expect(text(notice.values).title).not.to.equal('');
    }
    const values = { ...notice.values, expectedEndAt: '' };
    for (const text of Object.values(INCIDENT_TEXTS.incidentRescheduled)) {
      expect(text(notice.values).title).to.include('2026-11-02 05:00 UTC');
      expect(text(values).title).not.to.include('UTC');
    }
  });
});
