internal import Impact

extension CellReader {
  /// Why a cell is refused; the message never repeats what it holds.
  struct Problem {
    var code: String
    var message: Localized
    var personal: PersonalData.Kind?
    /// Whether the row must not be copied anywhere, either.
    var isSensitive = false
  }

  /// What tells who somebody is.
  static func personal(_ kind: PersonalData.Kind) -> Problem {
    Problem(
      code: "personal-data",
      message: kind == .socialSecurityNumber
        ? Localized(
          fr: "la cellule contient \(kind.name.french) ; l’ôter, il n’est conservé nulle part ici",
          en: "the cell holds \(kind.name.english); remove it, it is kept nowhere here")
        : Localized(
          fr:
            "la cellule contient \(kind.name.french) ; l’ôter, les personnes ne sont connues ici que par le code de leur employeur",
          en:
            "the cell holds \(kind.name.english); remove it, people are known here by their employer's code only"
        ),
      personal: kind)
  }

  /// What tells of a person's record, or of their health.
  static func sensitive(_ kind: Sensitivity) -> Problem {
    Problem(
      code: "sensitive-data",
      message: kind == .justice
        ? Localized(
          fr:
            "la cellule parle des rapports d’une personne avec la justice, qui ne sont pas conservés ici ; l’ôter",
          en: "the cell tells of a person's record with justice, which is not kept here; remove it")
        : Localized(
          fr: "la cellule parle de la santé d’une personne, qui n’est pas conservée ici ; l’ôter",
          en: "the cell tells of a person's health, which is not kept here; remove it"), isSensitive: true)
  }
}
