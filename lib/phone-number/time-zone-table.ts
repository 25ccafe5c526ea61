/** Larger cities by zone, as written in Russian and Ukrainian; Latin where cards often have it. */
export const CITIES: Record<string, string> = {
  'Europe/Kyiv':
    'Київ,Киев,Kyiv,Kiev,Львів,Львов,Lviv,Харків,Харьков,Kharkiv,Одеса,Одесса,Odesa,Дніпро,Днепр,Dnipro,' +
    'Запоріжжя,Запорожье,Кривий Ріг,Кривой Рог,Миколаїв,Вінниця,Винница,Полтава,Чернігів,Чернигов,' +
    'Черкаси,Черкассы,Житомир,Суми,Сумы,Хмельницький,Хмельницкий,Чернівці,Черновцы,Рівне,Ровно,' +
    'Івано-Франківськ,Ивано-Франковск,Тернопіль,Тернополь,Луцьк,Луцк,Ужгород,Херсон,Кропивницький,Кропивницкий',
  'Europe/Kaliningrad': 'Калининград,Калінінград',
  'Europe/Moscow':
    'Москва,Moscow,Санкт-Петербург,Петербург,Нижний Новгород,Казань,Ростов-на-Дону,Воронеж,Краснодар,Сочи,' +
    'Ярославль,Тула,Рязань,Липецк,Курск,Белгород,Брянск,Орёл,Калуга,Смоленск,Тверь,Владимир,Иваново,' +
    'Кострома,Вологда,Череповец,Архангельск,Мурманск,Петрозаводск,Великий Новгород,Псков,Пенза,Тамбов,' +
    'Саранск,Чебоксары,Йошкар-Ола,Набережные Челны,Ставрополь,Махачкала,Волгоград,Киров,Сыктывкар',
  'Europe/Samara': 'Самара,Тольятти,Ижевск',
  'Europe/Saratov': 'Саратов,Энгельс',
  'Europe/Ulyanovsk': 'Ульяновск',
  'Europe/Astrakhan': 'Астрахань',
  'Asia/Yekaterinburg':
    'Екатеринбург,Челябинск,Пермь,Уфа,Тюмень,Оренбург,Курган,Сургут,Нижневартовск,Магнитогорск,Ханты-Мансийск,Стерлитамак',
  'Asia/Omsk': 'Омск',
  'Asia/Novosibirsk': 'Новосибирск',
  'Asia/Barnaul': 'Барнаул',
  'Asia/Tomsk': 'Томск',
  'Asia/Novokuznetsk': 'Кемерово,Новокузнецк',
  'Asia/Krasnoyarsk': 'Красноярск,Абакан,Норильск',
  'Asia/Irkutsk': 'Иркутск,Улан-Удэ,Братск,Ангарск',
  'Asia/Chita': 'Чита',
  'Asia/Yakutsk': 'Якутск,Благовещенск',
  'Asia/Vladivostok': 'Владивосток,Хабаровск,Комсомольск-на-Амуре,Находка',
  'Asia/Sakhalin': 'Южно-Сахалинск',
  'Asia/Magadan': 'Магадан',
  'Asia/Kamchatka': 'Петропавловск-Камчатский',
}

/** Main landline area codes of Russia by zone (regions as in the national numbering plan). */
export const AREA_CODES: Record<string, string> = {
  'Europe/Kaliningrad': '401',
  'Europe/Moscow':
    '495,496,498,499,812,813,831,843,855,863,473,861,862,485,487,491,474,471,472,483,486,484,481,482,492,493,' +
    '494,817,820,818,815,814,816,811,841,475,834,835,836,865,872,844,833,821',
  'Europe/Samara': '846,848,341',
  'Europe/Saratov': '845',
  'Europe/Ulyanovsk': '842',
  'Europe/Astrakhan': '851',
  'Asia/Yekaterinburg': '343,351,342,347,345,353,352,346,349',
  'Asia/Omsk': '381',
  'Asia/Novosibirsk': '383',
  'Asia/Barnaul': '385',
  'Asia/Tomsk': '382',
  'Asia/Novokuznetsk': '384',
  'Asia/Krasnoyarsk': '391,390',
  'Asia/Irkutsk': '395,301',
  'Asia/Chita': '302',
  'Asia/Yakutsk': '416',
  'Asia/Vladivostok': '423,421',
  'Asia/Sakhalin': '424',
  'Asia/Kamchatka': '415',
}
