//! What a language's comments, strings and keywords look like: a row for each family. Not its grammar.

/// How code of some languages is read.
pub(super) struct Language {
    /// What pages call them, in lower case.
    pub names: &'static [&'static str],
    /// What begins a comment to the end of the line; `#` only behind a space.
    pub comments: &'static [&'static str],
    /// What begins and ends one over several lines.
    pub block: Option<(&'static str, &'static str)>,
    /// Quotes of strings, longer ones first; those of three characters and the backtick may stand over several lines.
    pub quotes: &'static [&'static str],
    /// Whether `'` encloses one character only.
    pub has_characters: bool,
    /// Words of the language, between spaces.
    pub keywords: &'static str,
    pub ignores_case: bool,
    /// Whether a word before a colon or an equals sign is a name.
    pub has_keys: bool,
}

const C: Language = Language {
    names: &["c", "h", "c++", "cpp", "objective-c", "objc", "glsl", "arduino", "cuda"],
    comments: &["//"],
    block: Some(("/*", "*/")),
    quotes: &["\"", "'"],
    has_characters: false,
    keywords: " auto bool break case catch char class const constexpr continue default delete do double else enum extern false float for \
        friend goto if inline int long namespace new nullptr operator private protected public register return short signed sizeof \
        static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while ",
    ignores_case: false,
    has_keys: false,
};

const JAVA: Language = Language {
    names: &["java", "c#", "cs", "csharp", "kotlin", "kt", "scala", "groovy", "dart", "swift"],
    quotes: &["\"\"\"", "\"", "'"],
    keywords: " abstract as async await base boolean break byte case catch char class const continue data def default do double else enum \
        extends extension false final finally float for foreach fun func guard if implements import in init inout instanceof int \
        interface internal is lateinit let long match namespace new nil null object open out override package private protected public \
        readonly record ref return sealed self short static string struct super switch synchronized this throw throws trait true try \
        type typealias using val var virtual void volatile when where while with yield ",
    ..C
};

const SCRIPT: Language = Language {
    names: &["javascript", "js", "jsx", "mjs", "typescript", "ts", "tsx", "javascriptreact", "php", "solidity"],
    quotes: &["\"", "'", "`"],
    keywords: " abstract as async await break case catch class const continue debugger declare default delete do echo else enum export \
        extends false finally fn for foreach from function get if implements import in instanceof interface keyof let namespace new null \
        of private protected public readonly require return satisfies set static super switch this throw true try type typeof undefined \
        use var void while with yield ",
    ..C
};

const RUST: Language = Language {
    names: &["rust", "rs", "zig"],
    quotes: &["\"", "'"],
    has_characters: true,
    keywords: " as async await bool box break char comptime const continue crate defer dyn else enum export extern f32 f64 false fn for i16 \
        i32 i64 i8 if impl in isize let loop match mod move mut orelse pub ref return self Self static str struct super switch trait true \
        try type u16 u32 u64 u8 union unsafe use usize var void where while ",
    ..C
};

const GO: Language = Language {
    names: &["go", "golang", "protobuf", "proto"],
    quotes: &["\"", "'", "`"],
    keywords: " any bool break byte case chan const continue default defer else enum error fallthrough false float32 float64 for func go \
        goto if import int int32 int64 interface iota map message nil optional package range repeated return rpc rune select service \
        string struct switch syntax true type uint uint32 uint64 var ",
    ..C
};

const PYTHON: Language = Language {
    names: &["python", "py", "python3", "starlark", "gdscript"],
    comments: &["#"],
    block: None,
    quotes: &["\"\"\"", "'''", "\"", "'"],
    has_characters: false,
    keywords: " and as assert async await break case class continue def del elif else except False finally for from global if import in is \
        lambda match None nonlocal not or pass raise return self True try while with yield ",
    ignores_case: false,
    has_keys: false,
};

const RUBY: Language = Language {
    names: &["ruby", "rb", "elixir", "ex", "perl", "pl", "r", "julia", "crystal", "nix"],
    quotes: &["\"\"\"", "\"", "'"],
    keywords: " alias and begin break case catch class cond def defmodule defp do else elsif end ensure false fn for foreach function \
        global if import in include inherit let local module my my next nil not or our package quote raise receive redo require rescue \
        rec return self set struct sub super then true undef unless until use using when while with yield NULL TRUE FALSE ",
    ..PYTHON
};

const SHELL: Language = Language {
    names: &[
        "sh",
        "bash",
        "shell",
        "zsh",
        "fish",
        "console",
        "shell-session",
        "shellsession",
        "powershell",
        "ps1",
        "dockerfile",
        "docker",
        "makefile",
        "make",
    ],
    quotes: &["\"", "'"],
    keywords: " ADD alias ARG begin break case CMD continue COPY declare do done echo elif else end ENTRYPOINT ENV esac eval exec exit export \
        fi for foreach FROM function if in include local LABEL param readonly return RUN select set shift source sudo then trap unset \
        until USER VOLUME while WORKDIR ",
    ..PYTHON
};

const DATA: Language = Language {
    names: &["yaml", "yml", "toml", "ini", "conf", "cfg", "properties", "json", "jsonc", "json5", "hcl", "terraform", "tf", "nginx"],
    quotes: &["\"\"\"", "\"", "'"],
    keywords: " false no null off on true yes data module output provider resource variable ",
    has_keys: true,
    ..PYTHON
};

const SQL: Language = Language {
    names: &["sql", "postgres", "postgresql", "psql", "mysql", "sqlite", "plsql", "tsql"],
    comments: &["--"],
    quotes: &["'", "\""],
    keywords: " add all alter and as asc begin between by cascade case check column commit constraint create cross database default delete \
        desc distinct drop else end exists explain foreign from full function grant group having if in index inner insert into is join \
        key lateral left like limit not null offset on or order outer over partition primary references returning right rollback select \
        set table then transaction trigger union unique update using values view when where window with ",
    ignores_case: true,
    ..C
};

const LUA: Language = Language {
    names: &["lua", "haskell", "hs", "elm", "ada", "vhdl"],
    comments: &["--"],
    block: None,
    quotes: &["\""],
    keywords: " and begin break case class data deriving do else elseif end false for function goto if import in instance is let local module \
        newtype nil not of or procedure qualified repeat return then true type until where while ",
    ..C
};

const LISP: Language = Language {
    names: &["lisp", "clojure", "clj", "scheme", "elisp", "emacs-lisp", "racket"],
    comments: &[";"],
    block: None,
    quotes: &["\""],
    keywords: " begin cond def define defmacro defn defun defvar do fn if lambda let let* letrec loop nil ns progn quote recur require set! \
        setq t use when ",
    ..C
};

const CSS: Language = Language {
    names: &["css", "scss", "sass", "less"],
    comments: &[],
    keywords: " important import media supports keyframes include mixin extend auto inherit initial none unset ",
    has_keys: true,
    ..C
};

const MARKUP: Language = Language {
    names: &["html", "xml", "svg", "vue", "svelte", "xhtml", "rss", "atom", "opml"],
    comments: &[],
    block: Some(("<!--", "-->")),
    quotes: &["\""],
    keywords: " ",
    ..C
};

const ALL: [&Language; 14] = [&C, &JAVA, &SCRIPT, &RUST, &GO, &PYTHON, &RUBY, &SHELL, &DATA, &SQL, &LUA, &LISP, &CSS, &MARKUP];

/// The family of the language that a page calls so.
pub(super) fn language(name: &str) -> Option<&'static Language> {
    let name = name.to_lowercase();
    ALL.into_iter().find(|language| language.names.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_one_family() {
        let names: Vec<&str> = ALL.iter().flat_map(|language| language.names).copied().collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len());
        assert!(ALL.iter().all(|language| language.keywords.starts_with(' ') && language.keywords.ends_with(' ')));
        assert!(language("Rust").is_some() && language("no such language").is_none());
    }
}
