//! Words that the news uses for one another, and countries with their people: each row counts as one word.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem;

const ROWS: &[&str] = &[
    // What happens.
    "earthquake quake tremor temblor erdbeben",
    "fire blaze wildfire inferno flames fireball bushfire",
    "explosion explode explodes exploded blast blasts blew",
    "dies died dead die death deaths killed kills killing killed fatal fatalities obituary mort morts tote toter getotet",
    "resign resigns resigned quits quit ousted oust ousts",
    "sack sacks sacked fired dismissed dismisses dismiss",
    "arrest arrests arrested detained detains held",
    "rescued rescue saved saves survivors survive",
    "buy buys acquire acquires acquisition takeover purchase bought merger",
    "cut cuts lower lowers lowered trim trims trimmed slash slashes reduces reduce reduced",
    "raise raises raised hike hikes increase increases lift lifts",
    "layoffs layoff redundancies",
    "strike strikes striking walkout streik streiken bahnstreik ausstand",
    "stab stabbing stabbed knife knifeman",
    "shooting gunman gunmen shot gunfire shooter",
    "hack hackers hacked hacking breach breached cyberattack",
    "flaw vulnerability bug vulnerabilities flaws hole holes zero-day",
    "patch patches patched fix fixes fixed",
    "ship vessel boat ferry",
    "plane jet aircraft airplane airliner",
    "bus coach",
    "train trains rail railway railways",
    "truck lorry lorries",
    "collapse collapses toppled fell falls topple",
    "sink sinks sank capsized capsizes",
    "flood floods flooding flooded",
    "storm hurricane cyclone typhoon tempest",
    "probe investigation inquiry investigate investigating",
    "ban bans banned outlaw outlaws prohibits forbid",
    "fine fines fined penalty penalties",
    "lawsuit sue sues sued suing",
    "approve approves approval backs pass passes passed adopt adopts cleared",
    "reject rejects rejected rejecting rejection",
    "profit earnings income profits",
    "sorry apologises apologizes apology apologise apologize",
    "evacuate evacuated evacuation evacuations",
    "outage blackout outages",
    "jobless unemployment unemployed",
    "moon lunar",
    "cops police officers",
    "lawmakers senators deputies legislators",
    "parliament assembly",
    "election elections polls",
    "ceasefire truce",
    "outbreak epidemic",
    "film movie",
    "director film-maker filmmaker",
    "firm company",
    "defence defense",
    "auction auctioned",
    "congestion crowding overcrowding",
    "incendie feu flammes",
    "seisme tremblement",
    "verletzt verletzte verletzen",
    "lawine lawinenabgang lawinenungluck",
];

/// Countries and their people.
const COUNTRIES: &str = "america american|britain british uk|england english|germany german deutschland deutsche|france french|italy italian\
    |spain spanish|portugal portuguese|netherlands dutch|belgium belgian|austria austrian|switzerland swiss|denmark danish|sweden swedish\
    |norway norwegian|finland finnish|iceland icelandic|ireland irish|scotland scottish|wales welsh|poland polish|hungary hungarian\
    |czech czechia|slovakia slovak|slovenia slovenian slovene|croatia croatian|serbia serbian|bosnia bosnian|greece greek|turkey turkish turkiye\
    |bulgaria bulgarian|romania romanian|ukraine ukrainian|russia russian|belarus belarusian|georgia georgian|armenia armenian\
    |israel israeli|gaza gazan|palestine palestinian|lebanon lebanese|syria syrian|iraq iraqi|iran iranian|saudi saudis|yemen yemeni\
    |egypt egyptian|morocco moroccan|algeria algerian|tunisia tunisian|libya libyan|sudan sudanese|ethiopia ethiopian|kenya kenyan\
    |uganda ugandan|rwanda rwandan|congo congolese|nigeria nigerian|ghana ghanaian|mali malian|chad chadian|somalia somali|zambia zambian\
    |zimbabwe zimbabwean|africa african|india indian|pakistan pakistani|bangladesh bangladeshi|nepal nepali nepalese|afghanistan afghan\
    |china chinese|taiwan taiwanese|japan japanese|korea korean|mongolia mongolian|vietnam vietnamese|thailand thai|myanmar burmese\
    |indonesia indonesian|malaysia malaysian|philippines philippine filipino|singapore singaporean|australia australian\
    |canada canadian|mexico mexican|cuba cuban|haiti haitian|brazil brazilian|argentina argentine argentinian|chile chilean|peru peruvian\
    |colombia colombian|venezuela venezuelan|bolivia bolivian|ecuador ecuadorian|europe european|asia asian|alberta albertan\
    |montreal montrealer|california californian|texas texan|london londoner";

/// The stem that stands for all words of the row, if the word of that stem is in one.
pub(super) fn shared_stem(stem: &str) -> Option<&'static str> {
    static STEMS: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
        let rows = COUNTRIES.split('|').map(str::trim).chain(ROWS.iter().copied());
        rows.flat_map(|row| row.split_whitespace().map(move |word| (stem::stem(word), row.split(' ').next().unwrap_or(row)))).collect()
    });
    STEMS.get(stem).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_of_a_row_are_one() {
        let of = |word: &str| super::shared_stem(&super::stem::stem(word));
        let check = |one: &str, other: &str| assert_eq!(of(one), of(other), "{one} {other}");
        check("quake", "earthquakes");
        check("Chilean", "Chile");
        check("fined", "penalties");
        check("Canadians", "Canada");
        assert_eq!(of("harbour"), None);
        assert_ne!(of("Austria"), of("Australia"));
    }
}
