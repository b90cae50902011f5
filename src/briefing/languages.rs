//! The languages whose sentences are known, a row each. Data only: what the lists are for stands at [`Language`].
//! Abbreviations are in lower case and without full stops; `u.s.` and its like, initials and figures are known by their shape.

use super::language::Language;

/// The most used in feeds first: of two that a text is as much in, the first is taken.
pub(super) static LANGUAGES: &[Language] = &[
    Language {
        tag: "en",
        common: "the of and to in is that for it with as was on are by be this from at an have has not but they his her he she we you \
            which their who will would its or were been more than about when what there said how can if after one all also into out \
            up our your these those i a so no do my just over could had because only some other while during since although according \
            however despite yet us them him",
        before: "mr mrs ms mx dr prof gen sen rep gov lt col sgt capt cmdr adm maj pvt rev fr hon pres mt ft messrs mlle vs eg ie viz \
            approx supt insp det atty msgr esp cf ca",
        before_figure: "no nos fig figs eq eqs sec ch chap vol p pp art par jan feb mar apr jun jul aug sep sept oct nov dec ver ed \
            sect ref refs tel ext est",
        either: "inc ltd co corp jr sr bros st ave rd blvd etc al dept univ assn ont que alta sask man calif fla ind ill mass mich \
            minn mo penn tenn tex va wash wis ga ariz ala ark colo conn del kan ky la md miss mont neb nev okla ore pa vt wyo plc llc \
            esq phd",
        has_ordinals: false,
        leaning: "he,she,it,they,him,his,her,hers,its,their,theirs,them,this,that,these,those,such,but,and,or,nor,so,yet,still,\
            however,moreover,furthermore,meanwhile,therefore,thus,hence,instead,nevertheless,nonetheless,also,then,besides,otherwise,\
            consequently,additionally,similarly,likewise,accordingly,alternatively,both,each,all three,all four,all of,neither,\
            another,others,the other,the others,the latter,the former,the same,the pair,the two,the trio,either,for example,\
            for instance,in addition,in other words,in fact,in turn,as a result,as such,as well,at the same time,at the time,\
            of course,on the other hand,by contrast,in contrast,on the contrary,after that,afterwards,because of this,because of that,\
            in that case,in this case,in this way,that's,it's,he's,she's,they're,even so,even then,that said,not only that,plus,too,\
            here's,here is,here are,yes,no,well,anyway,indeed,rather,later,a few,some of,most of,many of,one of them,all of them,\
            none of,when he,when she,when they,after he,after she,in his,in her,in their,on his,on her,under his,under her,with his,\
            with her,as he,as she,if he,if she,if they,while he,while she,among them,there,elsewhere,that is why,what's more,\
            more importantly,unfortunately,luckily,again,since then,until then,by then,back then,so far,to that end,to do so,\
            to this end,below,above,who,which,whose,whereas",
        upright: "each year,each day,each night,each morning,each autumn,each spring,each summer,each winter,each month,each week,\
            each time,all of a,this week,this month,this year,this morning,this evening,this summer,this winter,this spring,\
            this autumn,this fall,this weekend,this article,this paper,this post,this is a guest,that week,there is,there are,\
            there was,there were,there have,there has,it is,it was a,no one,no country,no longer,still image,later this,later today,\
            more than,so far this,there's,too many,well-,both sides,above all,some of the,most of the,many of the,none of the,\
            a few of,no more,no fewer,who is,who are,others have",
    },
    Language {
        tag: "fr",
        common: "le la les des du un une et est que qui dans pour sur au aux par pas ne ce cette avec plus sont il elle ils elles son \
            ses leur leurs été a ont mais ou où nous vous je se sa comme à en deux même aussi après depuis être fait l d s n qu c \
            selon entre sans sous contre lors alors",
        before: "m mm mme mmes mlle mlles me dr pr prof st ste mgr cf env hab av boul vol tél apr c-à-d ex",
        before_figure: "art no n nos fig p pp chap t vol al par § janv févr avr juill sept oct nov déc",
        either: "etc cie inc ltée éd",
        has_ordinals: false,
        leaning: "il,elle,ils,elles,ce,cela,ça,c'est,cet,cette,ces,celui-ci,celle-ci,ceux-ci,celles-ci,son,sa,ses,leur,leurs,mais,et,\
            ou,or,donc,car,ainsi,aussi,cependant,toutefois,pourtant,néanmoins,en effet,en revanche,par ailleurs,de plus,en outre,\
            en fait,par exemple,d'ailleurs,puis,ensuite,alors,enfin,du coup,pour autant,au contraire,de même,ceci,lui,eux,tous deux,\
            d'autres,là,y,selon lui,selon elle,pour lui,pour elle,à ses yeux,quant à,autrement dit,résultat,bref,d'où,bien sûr",
        upright: "il y a,il faut,cette semaine,cette année,ce matin,ce soir,ce mois,cet été,cet hiver,ce lundi,ce mardi,ce mercredi,\
            ce jeudi,ce vendredi,ce samedi,ce dimanche,alors que,et si,aussi bien,ce week-end,cette nuit",
    },
    Language {
        tag: "de",
        common: "der die das und ist von den dem des mit für auf im zu nicht ein eine einen einer eines sich auch als an es dass wie \
            bei nach hat aus wird werden sind war aber oder er sie wir ich zum zur haben wurde um noch über nur so vom kann will \
            seine ihre in mehr vor durch sein unter gegen",
        before: "z u d s i o a b v dr prof hr fr hrn dipl ing st bzw ca vgl evtl ggf inkl exkl sog bspw zzgl abzgl vs min max mind jr \
            geb gest gem insb ggü lt allg zt tägl usf engl dt frz lat zb dh ua oä röm kath ev gez od resp",
        before_figure: "nr s abs art kap bd abb tab jan feb mär apr jun jul aug sep sept okt nov dez tel str rn rdnr",
        either: "usw etc mio mrd co uvm uä str jh jhd chr",
        has_ordinals: true,
        leaning: "er,sie,es,ihm,ihr,ihre,ihren,ihrem,ihrer,sein,seine,seinen,seinem,seiner,dieser,diese,dieses,diesem,diesen,jener,\
            jene,das,dies,dabei,damit,dafür,dagegen,dadurch,daher,darum,deshalb,deswegen,danach,dann,daraus,darauf,darin,darüber,dazu,\
            davon,dennoch,trotzdem,jedoch,aber,und,oder,doch,denn,also,auch,außerdem,zudem,ferner,allerdings,hingegen,stattdessen,so,\
            somit,folglich,beide,beides,solche,letzterer,ersterer,hierbei,hierfür,hierzu,gleichzeitig,inzwischen,unterdessen,\
            zum beispiel,im gegenzug,im gegensatz dazu,laut ihm,ihm zufolge,dort,deren,dessen,sonst,andererseits,einerseits,nun,\
            schließlich,wiederum,hinzu kommt,das heißt,immerhin,weiter heißt,auf diese weise,für ihn,für sie,nach dessen",
        upright: "diese woche,dieses jahr,diesen sommer,diesen winter,diesen monat,dieses wochenende,das ist das,das bundes,\
            dies ist ein,das unternehmen,es gibt,so viele,so wenige,auch wenn,das gericht,das weiße haus",
    },
    Language {
        tag: "es",
        common: "el la los las de que y en un una es por con para no se del al lo como más su sus pero ha han o este esta son fue ser \
            ya entre cuando muy sin sobre también hasta desde está todo años le les ni porque durante donde según tras ante",
        before: "sr sra srta srs dr dra d dña ud uds vd prof ing lic gral gob ee av avda c cía pág ej aprox fdo gte excmo ilmo rvdo \
            sto sta",
        before_figure: "art arts núm nº n p pág págs pp vol cap fig tel ene feb mar abr jun jul ago sep sept oct nov dic",
        either: "etc uu rr ff cía ltda inc",
        has_ordinals: false,
        leaning: "él,ella,ello,ellos,ellas,este,esta,esto,estos,estas,ese,esa,eso,esos,esas,su,sus,pero,y,o,sin embargo,no obstante,\
            además,también,por eso,por ello,por lo tanto,por tanto,así,entonces,luego,después,mientras tanto,por otro lado,\
            por otra parte,en cambio,por ejemplo,de hecho,es decir,aquel,aquella,ambos,ambas,tampoco,aun así,allí,ahí,asimismo,\
            incluso,según él,según ella,a su vez,por su parte,al mismo tiempo,en ese,en esa,de ese,de este modo,de esta forma,\
            finalmente",
        upright: "esta semana,este año,este mes,este verano,este lunes,este martes,este miércoles,este jueves,este viernes,\
            este sábado,este domingo,esta mañana,esta noche,estos días,después de,además de,luego de,incluso si,así es,\
            este fin de semana",
    },
    Language {
        tag: "it",
        common: "il lo la i gli le di che e è un una per in con non del della dei delle nel nella al alla da dal si sono come più ha \
            ma anche su questo questa o se ci ai loro suo sua dopo essere hanno tra degli sul stato anni alle dalla",
        before: "sig sigg sigra dott dottssa prof profssa ing avv arch on sen gen col cap mons geom rag egr spett ca cfr es s ss",
        before_figure: "art artt n nr num p pp pag pagg vol cap fig tel gen feb mar apr mag giu lug ago set sett ott nov dic",
        either: "ecc etc spa srl",
        has_ordinals: false,
        leaning: "lui,lei,esso,essa,essi,loro,questo,questa,questi,queste,quello,quella,quelli,ciò,suo,sua,suoi,sue,ma,e,ed,o,però,\
            tuttavia,inoltre,quindi,perciò,dunque,così,allora,poi,invece,infatti,anche,per esempio,ad esempio,nel frattempo,\
            d'altra parte,al contrario,entrambi,entrambe,eppure,comunque,insomma,cioè,lì,là,pertanto,per questo",
        upright: "questa settimana,quest'anno,questa mattina,questo mese,anche se,così come",
    },
    Language {
        tag: "pt",
        common: "o a os as de que e em um uma do da dos das no na nos nas para por com não se é ao mais como foi são mas ou ser sua \
            seu já está entre também pela pelo até sobre quando muito há depois anos à às ele ela",
        before: "sr sra srs sras srta dr dra drs prof profa exmo exma eng arq av r d ex aprox v cf st sta pe fr gen cel ten",
        before_figure: "art arts n nº núm p pp pág págs vol cap fig tel jan fev mar abr mai jun jul ago set out nov dez",
        either: "etc cia ltda",
        has_ordinals: false,
        leaning: "ele,ela,eles,elas,isto,isso,aquilo,este,esta,estes,estas,esse,essa,esses,essas,seu,sua,seus,suas,mas,e,ou,porém,\
            contudo,todavia,no entanto,entretanto,além disso,também,por isso,portanto,assim,então,depois,enquanto isso,por outro lado,\
            por exemplo,de facto,de fato,ou seja,ambos,ambas,já,lá,ali,segundo ele,segundo ela,ainda assim,por sua vez,dessa forma,\
            desta forma,nesse,nessa,desse,dessa",
        upright: "esta semana,este ano,este mês,esta manhã,esta noite,depois de,esta segunda,esta terça,esta quarta,esta quinta,\
            esta sexta,este sábado,este domingo,já não,assim como",
    },
    Language {
        tag: "nl",
        common: "de het een en van in is dat op te zijn met voor niet die aan er om ook als dan maar bij door uit nog wordt naar \
            heeft werd hij ze zij wij ik kan over tot meer hebben deze dit was worden geen tegen",
        before: "dhr mevr mw dr drs ir ing mr prof ds bijv bv ca m.b.t nl o.a d.w.z t.a.v vgl zgn incl excl evt resp st gen",
        before_figure: "nr art p pag blz hfst afb fig tel jan feb mrt apr jun jul aug sept okt nov dec",
        either: "enz etc e.d mln mld",
        has_ordinals: false,
        leaning: "hij,zij,ze,het,haar,zijn,hun,dit,dat,deze,die,maar,en,of,echter,toch,ook,daarom,daardoor,daarna,daarbij,daarnaast,\
            bovendien,dus,dan,toen,vervolgens,ondertussen,intussen,immers,want,zo,beide,beiden,bijvoorbeeld,daarvoor,daarmee,daarop,\
            daar,hierdoor,hiermee,hierbij,wel,tegelijkertijd,verder",
        upright: "deze week,dit jaar,deze maand,deze zomer,dit weekend,zo'n,het kabinet,het bedrijf,het aantal,het gaat om,het is,ook in",
    },
    Language {
        tag: "sv",
        common: "och att det som en är av för på med den inte till i har de ett om var men från så kan vi han hon jag ska eller när \
            efter också vid under mot än nu där hade sin",
        before: "t bl ca dvs kl s.k f.d dr prof st resp jfr m.fl inkl exkl tex bla fr.o.m",
        before_figure: "nr s sid kap art fig tel jan feb apr jun jul aug sep sept okt nov dec",
        either: "osv etc mm mfl milj",
        has_ordinals: false,
        leaning: "han,hon,det,de,den,dessa,detta,denna,hans,hennes,deras,dess,men,och,eller,dock,också,därför,därefter,sedan,då,så,\
            samtidigt,dessutom,däremot,ändå,till exempel,båda,där,nu",
        upright: "det finns,de senaste,den här veckan,det är,sedan år",
    },
    Language {
        tag: "da",
        common: "og at det er en af til på som med den ikke de for et har var men der fra han hun vi kan om skal eller efter også ved \
            blev sig så når hvor nu over været har mod efter siden havde sin",
        before: "fx bl ca dvs kl dr prof f.eks s.k jf inkl ekskl hr fr skt tidl",
        before_figure: "nr s side kap art fig tlf jan feb mar apr jun jul aug sep sept okt nov dec",
        either: "osv etc mv mm mio mia",
        has_ordinals: true,
        leaning: "han,hun,det,de,den,disse,dette,denne,hans,hendes,deres,dens,men,og,eller,dog,også,derfor,derefter,så,samtidig,\
            desuden,derimod,alligevel,for eksempel,begge,der,her,nu",
        upright: "det er,der er,den danske,de danske,de seneste,den seneste",
    },
    Language {
        tag: "nb",
        common: "og at det er en av til på som med den ikke de for et har var men fra han hun vi kan om skal eller etter også ved ble \
            seg så når hvor nå over vært mot siden hadde sin jeg dette sier",
        before: "bl ca dvs kl dr prof f.eks jf inkl ekskl hr fr st tidl",
        before_figure: "nr s side kap art fig tlf jan feb mar apr jun jul aug sep sept okt nov des",
        either: "osv etc mv mm mill mrd",
        has_ordinals: true,
        leaning: "han,hun,det,de,den,disse,dette,denne,hans,hennes,deres,men,og,eller,imidlertid,også,derfor,deretter,så,samtidig,\
            dessuten,derimot,likevel,for eksempel,begge,der,her,nå",
        upright: "det er,de siste,den siste",
    },
    Language {
        tag: "ru",
        common: "и в не на что с по как из за для от это его к но о у же при все так то он она они был была были до или а мы которые \
            который после также если уже только более под может их об этом будет со во года",
        before: "т г гг ул им проф акад доц д р н п ср см напр тов св пер просп пл обл стр рис табл",
        before_figure: "ст п пп рис табл стр с № тел гл кв корп янв февр апр авг сент окт нояб дек",
        either: "г гг др пр тыс млн млрд руб долл коп в вв",
        has_ordinals: false,
        leaning: "он,она,оно,они,его,её,ее,их,это,этот,эта,эти,этого,такой,такая,такие,но,и,а,или,однако,также,тоже,поэтому,затем,\
            потом,тогда,так,при этом,кроме того,тем не менее,например,между тем,впрочем,причем,причём,зато,оба,обе,там,таким образом,\
            в то же время,по его словам,по ее словам,по её словам,по их словам,в результате,к тому же,то есть,именно",
        upright: "это первый,так называем",
    },
    Language {
        tag: "uk",
        common: "і в не на що з та у за до від як про його для це але був була були який яка які після також або вже під час їх він \
            вона вони є й року із зі через щоб при ми може буде має цього",
        before: "т р ім проф акад доц д н п див напр св пров просп пл обл смт вул м",
        before_figure: "ст п пп рис табл с № тел гл кв корп січ лют бер квіт трав черв лип серп вер жовт лист груд",
        either: "рр тис млн млрд грн ін",
        has_ordinals: false,
        leaning: "він,вона,воно,вони,його,її,їх,їхній,це,цей,ця,ці,цього,такий,така,такі,але,і,й,та,або,однак,також,тому,потім,тоді,\
            так,при цьому,крім того,наприклад,водночас,проте,зате,обидва,там,таким чином,за його словами,за її словами,у результаті,\
            тобто,утім,натомість",
        upright: "",
    },
    Language {
        tag: "pl",
        common: "i w nie na z że się do to jest o jak po za od ale co jego tym dla przez jej być już tak był była są tego które który \
            która oraz ich może przed roku także czy ma",
        before: "np m tzw prof dr inż mgr hab św ks gen płk pl ul al ok im tj por red bp abp tzn wg min",
        before_figure: "nr art ust pkt s str rozdz rys tab tel par godz",
        either: "r w itd itp tys mln mld zł br ub",
        has_ordinals: true,
        leaning: "on,ona,ono,oni,one,jego,jej,ich,to,ten,ta,te,tego,tej,takie,taki,taka,ale,i,a,lub,jednak,także,też,dlatego,potem,\
            następnie,wtedy,tak,przy tym,ponadto,mimo to,na przykład,tymczasem,natomiast,obaj,oboje,tam,w rezultacie,poza tym,\
            jak dodał,jak dodała,zdaniem",
        upright: "w tym tygodniu,w tym roku,to pierwszy",
    },
    Language {
        tag: "cs",
        common: "a v se na je že s z do to o i ve by jsou ale jeho jak po za od byl byla bylo už před při podle jako pro které který \
            která také však nebo jen let ze není může bude",
        before: "např tzv prof dr ing mgr bc sv gen tj st ul nám mj cca př mudr judr phdr rndr doc min max",
        before_figure: "č čl odst str s kap obr tab tel par",
        either: "atd apod tis mil mld kč hod r",
        has_ordinals: true,
        leaning: "on,ona,ono,oni,jeho,její,jejich,to,ten,ta,tento,tato,toto,tyto,takový,ale,a,nebo,však,avšak,také,proto,potom,pak,\
            tehdy,tak,přitom,navíc,přesto,například,mezitím,oba,obě,tam,podle něj,podle ní,naopak,zároveň",
        upright: "tento týden,tento rok",
    },
    Language {
        tag: "sk",
        common: "a v sa na je že s z do to o i vo by sú ale jeho ako po za od bol bola bolo už pred pri podľa pre ktoré ktorý ktorá \
            tiež však alebo len rokov zo nie môže bude so aj ich ktorí keď pod",
        before: "napr tzv prof dr ing mgr bc sv gen tj ul nám cca mudr judr phdr rndr doc min max st",
        before_figure: "č čl ods str s kap obr tab tel par",
        either: "atď apod tis mil mld hod r",
        has_ordinals: true,
        leaning: "on,ona,ono,oni,jeho,jej,ich,to,ten,tá,tento,táto,toto,títo,taký,ale,a,alebo,však,avšak,tiež,preto,potom,vtedy,tak,\
            pritom,navyše,napriek tomu,napríklad,medzitým,obaja,tam,podľa neho,podľa nej,naopak,zároveň",
        upright: "tento týždeň,tento rok",
    },
    Language {
        tag: "tr",
        common: "ve bir bu için ile da de olarak çok olan daha gibi en kadar sonra ne ama var ise göre ancak o her değil oldu olduğu \
            tarafından iki veya yeni diye şey ya mi",
        before: "dr prof doç av sn bkz vb vs müh yrd öğr gör",
        before_figure: "no s sf md tel cad sok apt",
        either: "vb vs ltd şti a.ş tl",
        has_ordinals: true,
        leaning: "o,bu,şu,onlar,bunlar,onun,bunun,ama,ve,veya,ancak,fakat,ayrıca,bu nedenle,bu yüzden,sonra,böylece,örneğin,oysa,yine,\
            her ikisi,orada,öte yandan,buna göre",
        upright: "bu hafta,bu yıl,bu sabah,bu ay",
    },
];
