import { TimePicker } from "antd";
import dayjs from "dayjs";

interface Props {
  label: string;
  /** `09:00`, with or without seconds. */
  value: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A time of day, always by 24 hours whatever the browser's language. */
export function TimeField({ label, value, disabled, onChange }: Props) {
  return (
    <TimePicker
      className="time"
      aria-label={label}
      allowClear={false}
      needConfirm={false}
      format="HH:mm"
      minuteStep={5}
      disabled={disabled}
      value={dayjs(`2000-01-01T${value}`)}
      onChange={(chosen) => {
        if (chosen) onChange(chosen.format("HH:mm"));
      }}
    />
  );
}
