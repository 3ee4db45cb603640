internal import Impact

/// One part of a review page.
protocol ReviewSection {
  /// The page it is of.
  var review: ReviewPage { get }
  /// What it says; nothing when there is nothing to say.
  var markup: Markup { get }
}

extension ReviewSection {
  var reader: Reader { review.reader }
  var edition: Edition { review.reader.edition }
  var cooperation: CooperationProfile { review.cooperation }
  var quarter: Quarter { review.quarter }
}
