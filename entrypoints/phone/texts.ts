import type { Language } from '../../lib/contracts/common.ts'
import type { CallState, Registration } from '../../lib/contracts/softphone.ts'

interface PhoneTexts {
  what: string
  /** Shown while there is no call. */
  idle: Record<Registration, string>
  call: Record<CallState, string>
}

export const TEXTS: Record<Language, PhoneTexts> = {
  ru: {
    what: 'Это телефон Прозвона: в этом окне идёт разговор. Сверните его и работайте в портале.',
    idle: {
      off: 'Телефон не настроен',
      connecting: 'Подключаемся к серверу',
      registered: 'Готов к звонку',
      refused: 'Сервер не принял логин или пароль',
      lost: 'Связь восстанавливается',
    },
    call: {
      dialling: 'Набираем номер',
      ringing: 'Звоним',
      talking: 'Идёт разговор',
      ended: 'Звонок завершён',
    },
  },
  uk: {
    what: 'Це телефон Прозвону: у цьому вікні йде розмова. Згорніть його й працюйте в порталі.',
    idle: {
      off: 'Телефон не налаштовано',
      connecting: 'Підключаємося до сервера',
      registered: 'Готовий до дзвінка',
      refused: 'Сервер не прийняв логін або пароль',
      lost: 'Зв’язок відновлюється',
    },
    call: {
      dialling: 'Набираємо номер',
      ringing: 'Дзвонимо',
      talking: 'Йде розмова',
      ended: 'Дзвінок завершено',
    },
  },
  en: {
    what: 'This is Prozvon’s phone: the call lives in this window. Minimise it and work in the portal.',
    idle: {
      off: 'The phone is not set up',
      connecting: 'Connecting to the server',
      registered: 'Ready to call',
      refused: 'The server did not accept the login or password',
      lost: 'Reconnecting',
    },
    call: {
      dialling: 'Dialling',
      ringing: 'Ringing',
      talking: 'Talking',
      ended: 'The call has ended',
    },
  },
}
