"""One document model of plain blocks, and its writers: PDF, DOCX, XLSX. It knows no domain."""
