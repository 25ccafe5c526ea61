import type { Campaign } from '../contracts/campaign.ts'
import type { CampaignProblem } from '../contracts/relay-campaigns.ts'
import { empty, problemAt, twice, unknownPlaceholders } from './problem.ts'

/** What the extension sends along with a message. */
const MESSAGE_PLACEHOLDERS = ['contact', 'company', 'operator', 'customer', 'date', 'time']
/** The relay takes no longer names. */
const LONGEST_ID = 64

/** Templates can be filled, and each message has one in every language that the script speaks. */
export function checkMessages(campaign: Campaign): CampaignProblem[] {
  const { templates, messages, scripts } = campaign
  const languages = new Set([campaign.language, ...scripts.map(({ language }) => language)])
  return [
    ...twice(templates, ({ id, channel, language }) => `${id} (${channel}, ${language})`, [
      'templates',
    ]),
    ...templates.flatMap(({ id, channel, subject, text }, index) => {
      const path = ['templates', index]
      return [
        ...empty(id, [...path, 'id']),
        ...(id.length > LONGEST_ID
          ? [problemAt([...path, 'id'], 'is longer than 64 letters')]
          : []),
        ...empty(text, [...path, 'text']),
        ...(channel === 'mail' && !subject?.trim()
          ? [problemAt([...path, 'subject'], 'a mail has no subject')]
          : []),
        ...unknownPlaceholders(subject ?? '', MESSAGE_PLACEHOLDERS, [...path, 'subject']),
        ...unknownPlaceholders(text, MESSAGE_PLACEHOLDERS, [...path, 'text']),
      ]
    }),
    ...twice(messages, ({ outcome, channel, template }) => `${outcome}: ${channel} ${template}`, [
      'messages',
    ]),
    ...messages.flatMap(({ template, channel }, index) =>
      [...languages]
        .filter(
          (language) =>
            !templates.some(
              (one) => one.id === template && one.channel === channel && one.language === language,
            ),
        )
        .map((language) =>
          problemAt(
            ['messages', index, 'template'],
            `there is no ${channel} template ${template} in ${language}`,
          ),
        ),
    ),
  ]
}
