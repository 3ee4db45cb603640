internal import Impact
