//! Prints of the photos of a package: printed, then with the school, then signed for by their students.

use crate::word::words;

words! {
    /// How far the prints of a package are.
    PrintStage {
        /// They are to be printed.
        Ordered = "ordered", "待冲印", "to be printed";
        /// They were printed.
        Printed = "printed", "已冲印", "printed";
        /// The school has them; students sign for theirs.
        Received = "received", "学校已收到", "with the school";
    }
}

words! {
    /// What somebody says of the prints of a package.
    PrintStep {
        /// They were printed.
        Printed = "printed", "已冲印", "printed";
        /// The school has them.
        Received = "received", "学校已收到", "received by the school";
    }
}

words! {
    /// What stands under a photo on the sheets.
    PrintCaption {
        /// The name and the student number.
        NameAndNumber = "name_and_number", "姓名和学号", "name and student number";
        /// The name.
        Name = "name", "姓名", "name";
        /// The student number.
        Number = "number", "学号", "student number";
        /// The class and the name.
        ClassAndName = "class_and_name", "班级和姓名", "class and name";
        /// Nothing.
        Nothing = "nothing", "不印文字", "nothing";
    }
}

impl PrintStage {
    /// Where the prints are after a step; `None` where it does not follow.
    pub const fn after(self, step: PrintStep) -> Option<Self> {
        match (self, step) {
            (Self::Ordered, PrintStep::Printed) => Some(Self::Printed),
            (Self::Printed, PrintStep::Received) => Some(Self::Received),
            (Self::Ordered | Self::Received, PrintStep::Received)
            | (Self::Printed | Self::Received, PrintStep::Printed) => None,
        }
    }

    /// Whether students sign for their prints.
    pub const fn is_signed_for(self) -> bool {
        matches!(self, Self::Received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_are_printed_and_then_received() {
        let mut allowed = Vec::new();
        for stage in PrintStage::ALL {
            for step in PrintStep::ALL {
                let after = stage.after(*step).map(PrintStage::as_str);
                allowed.extend(after.map(|after| (stage.as_str(), after)));
            }
        }
        assert_eq!(allowed, [("ordered", "printed"), ("printed", "received")]);
        let signed = PrintStage::ALL.iter().filter(|stage| stage.is_signed_for());
        assert_eq!(signed.collect::<Vec<_>>(), [&PrintStage::Received]);
    }
}
