//! Words that stand in much of the news: however rare they are in a young store, they are weak evidence.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::stem;

/// In hundreds of articles of ten thousand.
const COMMON: &str = "government president minister prime police court people year years week month day days time state states country \
    city world new news report reports official officials company companies group party leader leaders law bill case deal plan plans vote \
    election man men woman women child children family death deaths die dies died dead kill kills killed attack attacks war fire fires \
    home house school schools student students health hospital doctor study research researchers scientists market markets price prices \
    cost business bank economy economic tax trade money million billion percent per cent rate rates growth rise rises rose fall falls fell \
    cut cuts raise raises hit hits win wins won lose loses lost beat beats lead leads call calls warn warns tell tells ask asks make makes \
    made take takes took get gets give gives go goes come comes show shows find finds found face faces seek seeks set sets move moves \
    want wants need needs help helps open opens close closes closed start starts begin begins end ends stop stops back first second third \
    last next top big biggest major high higher low lower long early late latest top best good bad great small large public national \
    international local federal american america us usa united uk british britain english european europe eu china chinese russia russian \
    global security military army force forces defence defense nation talks meeting meet visit support chief head director former senior \
    team game season match player players coach league cup final title club goal goals point points record history \
    technology tech data software service services internet online app apps user users ai model models security update updates release \
    released releases version launch launches announces announced announce review feature features video photo watch read story \
    work working workers worker job jobs pay use uses used using part number side way life live lives place area north south east west \
    northern southern eastern western central several hundreds thousands dozens many least nearly almost monday tuesday wednesday \
    thursday friday saturday sunday january february march april june july august september october november december today yesterday \
    morning night evening weekend hours minutes three four five six seven eight nine ten two half quarter statement spokesman spokesperson \
    agency agencies authorities department office council committee parliament senate congress judge judges ruling order orders lawyer \
    charge charges charged arrest arrested prison jail crime victim victims suspect left right young old free white black fight power \
    change changes future past building street road car cars water air food oil gas energy climate storm weather rain heat \
    ans mois jour jours semaine gouvernement ministre president etat loi ville pays monde police mort morts guerre selon lundi mardi mercredi \
    jeudi vendredi samedi dimanche matin nuit soir grand nouvelle nouveau premier premiere france francais personnes ete hausse baisse \
    jahr jahre jahren monat tag tage woche regierung minister prasident land stadt polizei gericht menschen mann frau kind kinder deutschland \
    deutsche deutschen deutscher montag dienstag mittwoch donnerstag freitag samstag sonntag morgen uhr neue neuen neuer erste ersten zwei \
    drei vier prozent millionen tote verletzte \
    ano anos mes dia dias semana gobierno presidente ministro ley pais ciudad mundo policia muerto muertos guerra lunes martes miercoles \
    jueves viernes sabado domingo nuevo nueva primer primera espana espanol hombre mujer millones dos tres";

/// Whether the stem is that of such a word.
pub(super) fn is_common(stem: &str) -> bool {
    static STEMS: LazyLock<HashSet<String>> = LazyLock::new(|| COMMON.split_whitespace().map(stem::stem).collect());
    STEMS.contains(stem)
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_of_all_news_are_known_in_every_form() {
        let check = |word: &str, expected: bool| assert_eq!(super::is_common(&super::stem::stem(word)), expected, "{word}");
        check("minister", true);
        check("ministers", true);
        check("killed", true);
        check("mardi", true);
        check("ferry", false);
        check("goma", false);
    }
}
