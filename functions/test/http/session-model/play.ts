import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import pMap from 'p-map';
import { PASSWORD, refresh, signInDirectly } from '../../support/accounts.ts';
import type { TestApi } from '../../support/harness.ts';
import { nth } from '../../support/instances.ts';
import { askApi } from './ask.ts';
import { type Known, proof, type Way, WAYS } from './known.ts';
import { listen, type Listening } from './listen.ts';
import { expectSame, type Foreign, rowsOf, rowsOfForeign } from './look.ts';
import { type Person, QUESTIONS, type Question, type Role } from './model.ts';
import { type Session, SessionModel } from './model.ts';
import { productOf, type SignedIn } from './product.ts';

const OTHER_PASSWORD = 'other-horse-8';
const AT_ONCE = 8;

/** The product and the model side by side: each move is made in both. */
export class Play {
  private readonly model = new SessionModel();
  private readonly people: Person[] = [];
  private readonly known: Known[] = [];
  private readonly browsers = new Map<number, Known>();
  private readonly foreign: Foreign[] = [];
  private readonly listeners = new Map<Listening, Session>();
  private looks = 0;
  private readonly url: string;
  private readonly product: Awaited<ReturnType<typeof productOf>>;

  private constructor(url: string, product: Awaited<ReturnType<typeof productOf>>) {
    this.url = url;
    this.product = product;
  }

  static async start(api: TestApi, people: number): Promise<Play> {
    const play = new Play(api.url, await productOf(api));
    for (let n = 0; n < people; n += 1) await play.add(n, `${randomUUID()}@crewline.test`);
    return play;
  }

  private async add(n: number, email: string): Promise<boolean> {
    const uid = await this.product.register(email);
    if (uid === undefined) return false;
    const rest = { password: PASSWORD, isActive: true, isOfCommunity: false };
    this.people[n] = { uid, email, role: 'FOC', ...rest };
    return true;
  }

  private person(n: number): Person {
    return nth(this.people, n);
  }

  /** Counted from the latest one; undefined before the first login. */
  private session(back: number): Known | undefined {
    return this.known.at(-1 - (back % Math.max(1, this.known.length)));
  }

  private async open(person: Person, had?: Known, password = person.password) {
    const opened: SignedIn | undefined = await this.product.signIn(
      person.email,
      password,
      had?.cookie,
    );
    const isRight = person.isActive && password === person.password;
    expect(opened !== undefined, 'the login').to.equal(isRight);
    if (opened === undefined) return undefined;
    const known = { session: this.model.open(person, had?.session), ...opened };
    this.known.push(known);
    return known;
  }

  async login(n: number, browser: number, isRight: boolean): Promise<void> {
    const person = this.person(n);
    const password = isRight ? person.password : 'no-horse-at-all';
    const opened = await this.open(person, this.browsers.get(browser), password);
    if (opened !== undefined) this.browsers.set(browser, opened);
  }

  /** Phones that sign in one after the other. */
  async crowd(n: number, phones: number): Promise<void> {
    for (let phone = 0; phone < phones; phone += 1) await this.open(this.person(n));
  }

  async logOut(back: number, way: Way): Promise<void> {
    const known = this.session(back);
    if (known === undefined) return;
    await this.product.logOut(proof(known, way));
    this.model.end(known.session);
  }

  /** Has Firebase renew an ID token. */
  async renew(back: number): Promise<void> {
    const known = this.session(back);
    if (known === undefined) return;
    const idToken = await refresh(known.refreshToken).catch(() => undefined);
    // It refuses some of what we have ended, too, but nothing that is open.
    if (idToken === undefined) expect(this.model.isOpen(known.session), 'open').to.equal(false);
    else known.idToken = idToken;
  }

  /** Opens a listener, which stays open until its session ends. */
  async listen(back: number): Promise<void> {
    const known = this.session(back);
    if (known === undefined) return;
    const { session, idToken } = known;
    const listening = listen(session.person.uid, idToken);
    this.listeners.set(listening, session);
    const isOpen = this.model.isOpen(session);
    expect(await listening.isRefusedAtFirst(), 'a listener').to.equal(!isOpen);
  }

  /** Signs in by Firebase's own interface. */
  async signInPast(n: number): Promise<void> {
    const { uid, email, password } = this.person(n);
    const token = await signInDirectly(email, password).catch(() => undefined);
    if (token !== undefined) this.foreign.push({ uid, token });
  }

  async wait(hours: number): Promise<void> {
    this.model.pass(hours);
    await this.product.setBack(
      this.people.map(({ uid }) => uid),
      hours,
    );
  }

  private async ask(known: Known, way: Way): Promise<void> {
    const wanted = this.model.answer(known.session, 'me');
    expect(await askApi(this.url, 'me', proof(known, way)), `use by ${way}`).to.equal(wanted);
    if (wanted === 200) this.model.use(known.session);
  }

  async use(back: number, way: Way): Promise<void> {
    const known = this.session(back);
    if (known !== undefined) await this.ask(known, way);
  }

  /** Uses the latest session that is open after each eleven hours. */
  async work(way: Way, times: number): Promise<void> {
    const known = this.known.findLast(({ session }) => this.model.isOpen(session));
    if (known === undefined) return;
    for (let time = 0; time < times; time += 1) {
      await this.wait(11);
      await this.ask(known, way);
    }
  }

  /** Changes a person, who must have access to cgs; whether that was so. */
  private async change(person: Person, body: object): Promise<boolean> {
    const answer = await this.product.asAdmin('PUT', `/v1/users/${person.uid}`, body);
    expect(answer !== undefined, 'the change').to.equal(person.role !== undefined);
    return answer !== undefined;
  }

  async rename(n: number): Promise<void> {
    await this.change(this.person(n), { name: `Budi ${n}` });
  }

  async setActive(n: number, isActive: boolean): Promise<void> {
    const person = this.person(n);
    if (!(await this.change(person, { active: isActive }))) return;
    if (person.isActive !== isActive) this.model.endAll(person);
    person.isActive = isActive;
  }

  async setRole(n: number, role: Role): Promise<void> {
    const person = this.person(n);
    if (!(await this.change(person, { role }))) return;
    if (person.role !== role) this.model.endAll(person);
    person.role = role;
  }

  async setPassword(n: number): Promise<void> {
    const person = this.person(n);
    const password = person.password === PASSWORD ? OTHER_PASSWORD : PASSWORD;
    if (!(await this.change(person, { password, rePassword: password }))) return;
    person.password = password;
    this.model.endAll(person);
  }

  /** Grants or withdraws access to community, which ends no session. */
  async admit(n: number, isAdmitted: boolean): Promise<void> {
    const person = this.person(n);
    const path = `/v1/users/${person.uid}/access/community`;
    const answer = isAdmitted
      ? await this.product.asAdmin('PUT', path, { role: 'SYSTEM_ADMIN', active: true })
      : await this.product.asAdmin('DELETE', path);
    if (answer !== undefined) person.isOfCommunity = isAdmitted;
  }

  /** Withdraws access to cgs, which nobody can give back. */
  async dismiss(n: number): Promise<void> {
    const person = this.person(n);
    await this.product.asAdmin('DELETE', `/v1/users/${person.uid}/access/cgs`);
    person.role = undefined;
  }

  /** Deletes a person; somebody else is registered with the same e-mail. */
  async replace(n: number): Promise<void> {
    const person = this.person(n);
    const answer = await this.product.asAdmin('DELETE', `/v1/users/${person.uid}`);
    expect(answer !== undefined, 'the deletion').to.equal(person.role !== undefined);
    if (answer === undefined) return;
    person.isActive = false;
    expect(await this.add(n, person.email), 'the registration').to.equal(true);
  }

  private async compare(asked: (index: number) => [readonly Way[], readonly Question[]]) {
    const all = { concurrency: AT_ONCE };
    const ofKnown = (known: Known, index: number) =>
      rowsOf(this.url, this.model, known, `session ${index}`, ...asked(index));
    const ofForeign = (foreign: Foreign) => rowsOfForeign(this.url, foreign);
    const rows = [
      ...(await pMap(this.known, ofKnown, all)),
      ...(await pMap(this.foreign, ofForeign, all)),
    ];
    expectSame(rows.flat(), `after move ${this.looks}`);
    for (const [listening, session] of this.listeners) {
      if (this.model.isOpen(session)) expect(listening.hasEnded(), 'a listener').to.equal(false);
      else await listening.end();
    }
  }

  /** Compares what each credential that there ever was opens, by one way and one question each. */
  async look(): Promise<void> {
    this.looks += 1;
    await this.compare((index) => {
      const turn = this.looks + index;
      return [[nth(WAYS, turn)], [nth(QUESTIONS, Math.floor(turn / WAYS.length))]];
    });
  }

  /** The same by all ways and all questions. */
  lookClosely(): Promise<void> {
    return this.compare(() => [WAYS, QUESTIONS]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.listeners.keys()].map(({ close }) => close()));
  }
}
