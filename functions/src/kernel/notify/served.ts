import type { PageStyle } from '../http/answer-style.ts';
import { type IdentityDesk, type Served as ServedIdentity, serve } from '../identity/served.ts';
import type { IdentityStyle } from '../identity/style.ts';
import { type DeskNotices, kindsOf, type NoticeKind } from './desk-notices.ts';
import type { Language } from './notice.ts';

/** The format of a desk's answers to people about their inbox. */
export interface NotifyStyle extends IdentityStyle {
  readonly pages: PageStyle;
}

/** A desk with its style and its kinds, from which its endpoints about notices are made. */
export interface Served<A> extends Omit<ServedIdentity<A>, 'style'> {
  readonly style: NotifyStyle;
  readonly language: Language;
  readonly kinds: readonly NoticeKind[];
}

export const served = <A, Role extends string>(
  desk: IdentityDesk<A, Role>,
  style: NotifyStyle,
  notices: DeskNotices,
): Served<A> => ({
  ...serve(desk, style),
  style,
  language: notices.language,
  kinds: kindsOf(notices),
});
