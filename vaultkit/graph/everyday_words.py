"""Words of everyday language: as the name of a note they are seldom meant where they are written.

Content words that general texts of the language use often, in the singular; function words are in
`vaultkit.graph.words`. The lists are written by hand, from the frequent words of each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultkit.graph.words import STOP_WORDS, stem

_ENGLISH = """
ability able absence abuse academic acceptance access accident account achievement act action activity actor actual
addition additional address adult advance advantage adventure advice affair afternoon age agency agent agreement aid
aim air airport alarm album alcohol alert alternative amount analysis analyst ancient angle animal announcement annual
answer anxiety apartment app appeal appearance apple application appointment approach appropriate approval area
argument arm army arrangement arrival art article artist aspect assessment asset assignment assistance assistant
association assumption athlete atmosphere atom attack attempt attention attitude attraction audience author authority
automatic available average automation award awareness baby background backup bad bag balance ball band bank bar barrier base
basic basis basket bath battery battle beach bear beat beauty bed beer beginning behavior behaviour belief bell belt
bench benefit best bet better bike bill bird birth birthday bit black blade blame blank block blog blood blue board
boat body bomb bond bone bonus book boot border boss bottle bottom bound boundary bowl box boy brain branch brand
bread break breakfast breath breed brick bridge brief bright broadcast broken brother brown browser brush bucket budget bug
build building bullet bunch bundle burden burn bus bush business butter button buy buyer cabinet cable cache cake call
camera camp campaign cancer candidate cap capability capacity capital captain capture car carbon card care career
cargo carrier cash cast castle cat catalog catch category cause celebration cell center central centre century
ceremony certain chain chair chairman challenge chamber champion chance change channel chapter character
characteristic charge charity chart chase chat check cheese chemical chest chicken chief child childhood chip
chocolate choice church circle circuit circumstance citizen city civil claim class classic classification clean clear
client climate climb clinic clip clock close closet cloth clothes cloud club clue cluster coach coal coast coat code
coffee coin cold collapse colleague collection college color colour column combination comfort command comment
commercial commission commitment committee common communication community company comparison competition complaint
complete complex complexity component composition compound compression computer concept concern concert conclusion
concrete condition conduct conference confidence configuration conflict confusion connection consequence consideration
constant constraint construction consumer contact container contemporary contest context continuous contract contrast
contribution control convention conversation conversion cook cookie cool copy core corn corner corporate correct cost
cotton council count counter country county couple courage course court cousin cover coverage cow crack craft crash
cream creation creative creature credit crew crime crisis critical criticism critic crop cross crowd cry cultural
culture cup currency current curve custom customer cut cycle daily damage dance danger dark data database date
daughter dawn day dead deal dear death debate debt decade decision deck decline deep default defeat defence defense
deficit definition degree delay delivery demand democracy density department departure dependence deposit depression
depth description desert design desire desk detail detection development device dialog dialogue diamond dictionary
diet difference different difficult difficulty digital dimension dinner direct direction director dirt disaster
discipline discount discovery discussion disease dish disk display dispute distance distribution district diversity
division divorce doctor document dog dollar domain door double doubt draft drama drawing dream dress drink drive
driver drop drug dry due duplicate duration dust duty dynamic eagle ear early earth ease east easy economic economy
edge edition editor education effect effective efficiency effort egg election electric element else emergency emotion
emotional emphasis employee employer employment empty end enemy energy engine engineer engineering enough
entertainment enthusiasm entity entrance entry environment environmental episode equal equation equipment era error
escape essay essence essential estate estimate ethic evaluation evening event everyone everything evidence evil
evolution exact exam examination exception exchange excitement exclusive excuse exercise exhibition existence exit
expansion expectation expense experience experiment expert explanation exploration explorer explosion export exposure
expression extension extent external extra eye face facility fact factor factory faculty failure fair faith fall false
fame familiar family famous fan fantasy farm farmer fashion fast fat fate father fault favor favorite fear feature
federal fee feed feedback feel feeling fellow female fence festival fiction field fight figure filter final finance
financial finding fine finger finish fire firm fish fit fix flag flame flash flat fleet flesh flight floor flow flower
focus fold folk follow follower food fool foot football force foreign forest form formal format formation former
formula fortune forum foundation fraction frame framework free freedom frequency frequent fresh friend friendship
front fruit fuel full fun function fund funding funeral funny furniture future gain gallery game gap garden gas gate
gather gear gender gene general generation genetic gentleman giant gift girl glass global goal god gold golden
government grab grace grade gradual graduate grain grand grandfather grandmother grant graph graphic grass grave gray
great green grid ground group growth guarantee guard guess guest guidance guide guideline guilty guitar gun guy gym
habit hair half hall hand handle happiness happy harbor hard harm hat hate head headline health heart heat heaven
heavy height hell hello help hero hide high highlight highway hill hint hire historical history hit hobby hold hole
holiday home honest honey honor hook hope horizon horror horse hospital host hot hotel hour house household housing
huge human humor hunt hunter hurt husband ice icon idea ideal identity ill illness illustration image imagination
impact implementation implication import importance important impression improvement incident inclusion income
increase independence independent individual industrial industry influence information initial initiative injury inner
innocent innovation input inquiry inside insight inspection inspiration installation instance instant institution
instruction instructor instrument insurance integrity intelligence intense intention interaction interest interface
interior internal international internet interpretation interval intervention interview introduction invasion
investigation investment investor invitation iron island isolation issue item jacket jail job join joint joke journal
journalist journey joy judge judgment juice jump junior jury justice key kick kid killer kind king kingdom kiss kit
kitchen knee knife knock knowledge lab label labor laboratory lack lady lake lamp land landscape lane language large
laser late latest laugh launch law lawyer layer layout lead leader leadership leaf league learning lecture legal
legend length lesson letter level liberal liberty library lie life lifestyle lift light limit line linear link lip
liquid listen literary literature live living load loan lobby local location lock log logic lonely long loop loose
lord loss love lover low luck lucky lunch luxury machine magazine magic mail main maintenance major majority male man
management manager manner manual manufacturer map march margin mark market marketing marriage mass massive master
match mate material matter mature maximum meal mean meaning measure measurement meat mechanism medal media medical
medicine medium meet meeting member membership memory mental mention menu mess message metal method middle midnight
might migration mile military milk mill mind mine minimum minister minor minority minute miracle mirror mission
mistake mix mixture mobile mode model modern modest moment money monitor monster month mood moon moral morning mother
motion motivation motor mountain mouse mouth move movement movie multiple murder muscle museum music musical musician
mutual mystery myth narrative narrow nation national native natural nature navigation navy neck negative negotiation
neighbor neighborhood nerve nest net network neutral news newspaper nice night node noise normal north nose notice
notion novel nuclear nurse object objective obligation observation obvious occasion ocean offense offer office officer
official oil operation operator opinion opponent opportunity opposite opposition option orange order ordinary organ
organic organisation organization orientation origin original outcome output outside overall owner ownership pace pack
package pain paint painter painting pair palace panel panic paper parent park parking participant participation
particular partition partner partnership party pass passage passenger passion past paste patch path patience patient
pattern pause payment peace peak pen penalty pension people pepper percentage perception perfect performance period
permanent permission person personal personality perspective phase phenomenon philosophy phone photo photograph phrase
physical piano pick picture piece pilot pin pipe pitch pizza place plain plan plane planet planning plant plastic
plate platform play player pleasure plenty plot pocket poem poet poetry poison police policy political politician
politics poll pollution pool poor pop popular population port portfolio portion portrait position positive possession
possibility possible post pot potato potential pound poverty power powerful practical practice precise precision
preference pregnancy premise preparation presence present presentation president press pressure pretty previous price
pride priest primary prime prince princess principal principle print prior priority prison prisoner privacy private
prize probability procedure proceeding process producer product production profession professional professor profile
profit program progress project promise promotion proof proper property proportion proposal prospect protection
protein protest protocol proud province provision psychological public publication publicity publisher pull pulse
punishment purchase pure purpose pursuit push qualification quality quantity quarter queen query quest quick quiet
quote race racial radical radio rain random range rank rapid rare rate ratio raw reach reaction read reader reading
ready real reality reason reasonable recall recent reception recipe recognition recommendation record recording
recovery recreation red reduction reference reflection reform refugee regime region regional register registration
regret regular regulation rejection relation relationship relative relaxation release relevance relevant reliability
relief religion religious remark remote removal rename rent repair repeat replace replacement reply report reporter
representation representative reputation request rescue research researcher reserve residence resident resistance
resolution resort resource respect response responsibility rest restaurant restriction result retirement return reveal
revenue reverse review revolution reward rhythm rice rich ride rifle ring rise risk ritual rival river road rock role
roll romance romantic roof room root rope rose rough round route routine row royal rule run rush safe safety sail
salad salary sale salt sample sand satellite satisfaction sauce save saving scale scandal scene schedule scheme
scholar scholarship school science scientific scientist scope score screen script sea search season seat secret
secretary section sector secure security seed selection self senate senior sense sensitive sentence separate
separation sequence series serious servant server service session set setting settlement shade shadow shape share
sharp sheet shelf shell shelter shift ship shirt shock shoe shoot shop shopping shore short shot shoulder show shower
sick side sight sign signal significance significant silence silver similar simple sin singer single sink sister site
situation size skill skin sky slave sleep slice slide slow small smart smell smile smoke smooth snapshot snow social
society sodium soft software soil solar soldier solid solution song sort soul sound soup south space spam span spare
speaker special specialist species specific speech speed spell spend spirit spiritual split sport spot spread spring
square stability stable stack stadium staff stage stake stamp stand standard star state statement static station
statistic status steady steal steel step stick stock stomach stone stop storage store storm story straight strain
strange stranger strategic strategy stream street strength stress stretch strike string strong structure struggle
student studio study stuff stupid style subject substance substitute success successful sudden sugar suggestion
suicide suit suite summary summer sun supply support sure surface surgery surprise survey survival suspect swim swing
switch symbol symptom synchronization system table tactic tag talent talk tall tank tape target task taste tax tea
teach teacher teaching team tear technical technique technology teen telephone television temperature temple temporary
tendency tension tension tent term terrible territory terror test testing text theater theatre theme theory therapy
thin thinking thought thread threat throat throw ticket tie tight timing tip tired tissue title today toe tone tongue
tool tooth top topic total touch tough tour tourist tower town toy trace track trade tradition traditional traffic
tragedy trail train trainer training transfer transformation transition translation transmission transport
transportation trap trash travel treasure treat treatment tree trend trial tribe trick trigger trip troop trouble
truck true trust truth tube tune tunnel turn twist typical understanding union unique unit united universal universe
university update upgrade upper urban usage useful user usual vacation valid valley valuable variable variation
variety various vast vector vegetable vehicle version vessel veteran victim victory video view village violence
virtual virtue virus visibility visible vision visit visitor visual vital voice volume volunteer vote vulnerable wage
wait walk wall war warm warning wash waste watch water wave weak weakness wealth weapon wear weather web wedding week
weekend weight welcome welfare west wheel white whole wide wife wild will wind window wine wing winner winter wire
wisdom wise wish witness woman wonder wood word worker workshop world worry wrap worst worth wound write writer writing
wrong yard year yellow young youth zone
"""
_OTHERS = """
allgemein anfang angebot anzahl arbeit art aufgabe auge auswahl bedeutung begriff bereich bild buch eigenschaft
einheit ende energie entwicklung erfolg ergebnis familie farbe fehler feld folge form frage frau freiheit funktion
ganze gebiet geld geschichte gesellschaft gesetz grenze grund gruppe hand haus hilfe idee information inhalt jahr kind
kosten kraft kunst land leben leistung leute licht liste mann markt maß meinung mensch menge methode minute mittel
monat morgen name natur ordnung ort paar person plan platz problem produkt programm projekt prozess punkt raum recht
regel reihe richtung rolle sache schule seite sicht sinn spiel sprache stadt staat stelle straße struktur stunde
system tag teil text thema tür typ umgebung ursache variante verhalten verbindung version vorteil wahl wasser weg welt
werkzeug wert wetter wirkung wissen woche wort zahl zeichen zeit ziel zug zustand zweck action activité aide air amour
an argent art avenir besoin bien bonheur cas cause chose classe client condition corps côté couleur cours culture
demande différence droit eau école effet enfant ensemble équipe erreur esprit état étude exemple expérience famille
femme fin fonction force forme groupe guerre histoire homme idée image jeu jour langue lettre lieu ligne livre loi
lumière main maison manière marché méthode mode moment monde mort mot moyen musique nature niveau nom nombre objet
ordre page parole partie pays pensée personne place plan point porte pouvoir présence principe prix problème processus
produit programme projet question raison rapport recherche règle réponse rôle santé scène science sens série service
situation société solution sorte sujet suite système table temps terme terre tête texte travail type usage valeur
version vie ville voix vue acción agua amigo amor año apoyo área arte base cabeza calidad calle cambio camino campo
cantidad cara casa caso causa centro ciencia ciudad clase cliente color condición control cosa cuenta cuerpo cultura
curso dato decisión derecho desarrollo día diferencia dinero dirección efecto ejemplo elemento energía equipo error
escuela espacio estado estudio experiencia familia fin forma fuerza función futuro gente grupo guerra hecho hijo
historia hombre hora idea imagen juego lado lengua ley libro línea lugar luz madre manera mano medida medio mes método
modelo modo momento muerte mujer mundo música nivel nombre noche número objetivo obra opinión orden origen padre
página país palabra papel parte paso película persona plan poder política precio pregunta principio problema proceso
producto programa propiedad proyecto prueba pueblo punto razón realidad recurso red relación respuesta resultado salud
sentido serie servicio sistema sitio situación sociedad sol solución sueño tarea tema teoría tiempo tierra tipo título
trabajo uso valor verdad versión vez viaje vida vista voz ação água ajuda ano área arte atividade atenção aula base
bom cabeça caminho campo capacidade carro casa causa centro ciência cidade classe coisa começo condição conjunto conta
controle corpo cultura curso dado decisão desenvolvimento dia diferença dinheiro direito efeito elemento energia
equipe erro escola espaço estado estrutura estudo exemplo experiência família filho fim força forma função futuro
gente grupo guerra história homem hora ideia imagem informação jogo lado lei limite língua linha lista livro local
lugar luz maneira mão medida meio menor mês método modelo modo momento morte mudança mulher mundo música nível noite
nome número objetivo objeto opção ordem origem página país palavra papel parte passo pessoa plano ponto porta prática
preço princípio problema processo produto programa projeto propriedade prova qualidade quantidade questão razão
realidade recurso rede regra relação resposta resultado saúde sentido série serviço sistema situação sociedade solução
tabela tamanho tarefa tempo teoria terra texto tipo título trabalho uso valor verdade versão vez viagem vida vista
vontade voz acqua aiuto amico amore anno area argomento arte aspetto attività avere base bisogno campo capo carattere
casa caso causa centro cittadino città classe cliente colore condizione controllo corpo corso cosa cultura cuore dato
decisione denaro differenza diritto effetto elemento energia errore esempio esercizio esperienza famiglia fatto fine
forma forza funzione futuro generale gente giorno gioco gruppo guerra idea immagine informazione insieme inizio lavoro
legge lettera lezione libro linea lingua lista livello luce luogo madre maniera mano mattina memoria mese messaggio
metodo misura modello modo momento mondo morte musica natura nome notte numero obiettivo occhio opera ordine ora padre
paese pagina parola parte passo pensiero periodo persona piano politica porta posto potere pratica prezzo principio
problema processo prodotto programma progetto proprietà punto qualità ragione rapporto realtà regola relazione ricerca
risposta risultato ruolo salute scelta scopo scuola senso serie servizio sistema situazione società soluzione spazio
stato storia strada struttura strumento studio tema tempo teoria termine terra testo tipo titolo uomo uso utile utili
valore vari varie vario verità versione via viaggio vista vita voce volta aandacht aantal antwoord avond begin belang
beeld betekenis bedrijf boek deel dag doel eigenschap eind effect fout functie gebied gebruik geld geval gevoel gezin
groep hand huis hulp idee jaar keuze kind kracht kunst land leven lijst man manier markt mens methode middel
mogelijkheid moment naam nacht onderwerp onderzoek oorzaak orde persoon plaats plan probleem proces product programma
punt reden regel resultaat rol ruimte school situatie soort spel stad staat stap structuur systeem taak taal tekst
tijd toekomst type uur vader verhaal verschil versie vorm vraag vriend vrouw waarde water week weg wereld werk wet
woord zaak ziel адрес анализ автор база безопасность благо вещь взгляд вид внимание вода возможность война вопрос
воздух время выбор вывод выход глаз голова голос город граница группа данные движение девушка действие дело день
деньги дерево деталь дом дорога друг душа единица жизнь журнал задание задача закон запись запрос земля знак знание
значение игра идея имя интерес информация источник история итог карта картина качество класс книга код количество
команда конец контроль край круг культура лес линия лист лицо любовь люди материал мать машина место месяц метод мир
минута множество мнение модель момент мысль название народ наука начало неделя номер ночь образ обращение область
общество объект объём объем объяснение окно операция опыт организация основа ответ отношение ошибка память пара
параметр перевод период письмо план площадь поле помощь понятие порядок последствие почва правда право правило
практика предмет пример принцип причина проблема программа проект процесс процедура путь работа развитие раздел размер
разница ребёнок решение река рисунок рост рука ряд свет свойство связь сила система ситуация слово случай смерть смысл
событие совет согласие содержание состав состояние список способ средство срок ссылка стиль сторона страна страница
структура сумма суть сфера счёт таблица текст тело тема теорема теория техника тип точка требование труд угол упражнение
уровень условие успех утро участник файл факт фильм форма формула функция характер ход цвет цель цена центр часть
человек число шаг школа экран элемент энергия эффект язык
人们 人生 人类 今天 作者 作品 作用 信息 先生 全部 公司 关系 关键 内容 决定 分析 分类 别人 利益 力量 功能 动作
单位 历史 压力 原则 原因 参考 发展 变化 同学 名字 周末 命运 和平 品质 哥哥 图片 国家 地方 城市 基础 声音 夏天
大家 大学 天气 信号 出口 太阳 女人 女孩 妈妈 姐姐 姐妹 婚姻 学习 学校 学生 安全 定义 实践 家庭 家里 宝贝 对象 小姐 小说
工作 工具 市场 希望 年轻 幸福 开始 弟弟 影响 心情 心理 快乐 思想 思维 思考 态度 性格 情感 意义 意见 感觉 成功
成长 手机 技术 技能 指南 故事 教育 数据 文化 文字 文章 方向 方法 方案 旅行 早上 星期 春天 时代 星星 是非 晚上
普通 智慧 月亮 朋友 未来 机会 材料 条件 标准 标题 样子 核心 模式 模型 次数 死亡 母亲 气球 水平 污染 活动 派对
消息 游戏 演员 爱情 爸爸 父亲 牛奶 特点 状态 环境 玩家 现实 现象 理想 理由 理论 生命 生活 生日 电影 电脑 男人
男孩 界面 监狱 目标 目的 直接 相信 真实 眼睛 知识 社会 科学 秘密 秋天 程序 空间 笔记 策略 简单 类型 精神 系统
约会 终点 红色 经历 经济 经验 结构 结果 网络 美丽 老师 老板 能力 脑子 自然 自由 艺术 节奏 英雄 行为 行动 表现
观点 规则 规律 视频 角度 角色 计划 记录 记忆 设计 证据 语言 读书 读者 调查 财富 资源 资料 起点 距离 路线 身体
身份 软件 输入 输出 过程 运动 选择 速度 逻辑 重点 金钱 错误 阶段 青春 革命 项目 风格 食物 首先 黑色 初恋
上下文 价值 服务 产品 有钱人 穷人 用户 管理 平台 团队 效率 行业 体验
"""
_FORMS = frozenset(form for word in (*(_ENGLISH + _OTHERS).split(), *STOP_WORDS) for form in (word, stem(word)))
_BETWEEN = re.compile(r"[\s_-]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u3096]")
LEAST_FUNCTION_WORDS = 0.15  # share in the texts of the languages whose words are listed
_FUNCTION_WORDS = STOP_WORDS | frozenset(
    "is of to in on at by an as it or be we if do so no im am zu es er wo le la un et de du en au ce se ne je il el lo su al "
    "da em na um os di si te op om на не по из от до за во со же ли бы то ни мы вы их он об который которая которые которого этот эта эти того тот те том его ее свой своем своих быть "
    "может могут будет либо через после перед над под без где чем тем раз там здесь нет да хотя пусть тогда".split()
)


def is_everyday(name: str) -> bool:
    """Every word of the name is one of everyday language.

    >>> is_everyday("Process"), is_everyday("states"), is_everyday("Adjacency matrix"), is_everyday("玩家")
    (True, True, False, True)
    """
    words = [word for word in _BETWEEN.split(name.strip().lower()) if word]
    long = [word for word in words if len(word) > 2 or word > "\u2e80"]  # "is", "of" and such
    return bool(long) and all(not _FORMS.isdisjoint(_singulars(word)) for word in long)


def is_gerund(name: str) -> bool:
    """The name is one English word in -ing, made of an everyday word.

    >>> is_gerund("limiting"), is_gerund("wrapping"), is_gerund("string"), is_gerund("hashing")
    (True, True, False, False)
    """
    word = name.lower()
    if not word.endswith("ing") or len(word) < 6:
        return False
    root = word[:-3]
    return not _FORMS.isdisjoint((root, root + "e", root[:-1] if root[-1] == root[-2] else root))


def are_listed(texts: Iterable[str]) -> bool:
    """The texts are in languages whose everyday words are listed, to judge by their function words.

    >>> are_listed(["the cat is on the roof of this house"]), are_listed(["kissa istuu katolla, ja koira juoksee"])
    (True, False)
    """
    whole = " ".join(texts).lower()
    han, kana = len(_HAN.findall(whole)), len(_KANA.findall(whole))
    words = _WORD.findall(_HAN.sub(" ", whole))
    if 2 * han > len(words):  # a word of Chinese has two characters; Japanese has kana between them
        return 10 * kana < han
    return sum(word in _FUNCTION_WORDS for word in words) >= LEAST_FUNCTION_WORDS * len(words)


def _singulars(word: str) -> tuple[str, ...]:
    """The word and what it may be a plural of."""
    shorter = [word[:-length] for length, ending in ((1, "s"), (2, "es")) if word.endswith(ending)]
    return word, stem(word), *shorter
